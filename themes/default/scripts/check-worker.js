// The compiled checker at work, away from the page so that typing never waits. It judges what it is
// handed and answers; a fault in it ends this worker, and the page starts another.
let core;
let opening;
let current;

const unpacked = async (path) => {
  const response = await fetch(path);
  if (!response.ok) throw new Error(path);
  const stream = response.body.pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

/** The module: as the host packs it, or packed beforehand from a host that packs nothing. */
const compiled = async ({ module, plain }) => {
  if (plain) {
    const head = await fetch(plain, { method: "HEAD" });
    if (head.ok && head.headers.get("content-encoding")) {
      const response = await fetch(plain);
      if (!response.ok) throw new Error(plain);
      return WebAssembly.compile(await response.arrayBuffer());
    }
  }
  return WebAssembly.compile(await unpacked(module));
};

const give = (...parts) => {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  // Reserving may move the memory: first the place, then the view.
  let place = core.reserve(length);
  for (const part of parts) {
    new Uint8Array(core.memory.buffer, place, part.length).set(part);
    place += part.length;
  }
};
const taken = (length) => new Uint8Array(core.memory.buffer, core.output(), length).slice();
const text = (length) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(taken(length));
const bytes = (words) => new TextEncoder().encode(words);

const open = async (addresses) => {
  const [code, rules] = await Promise.all([compiled(addresses), unpacked(addresses.knowledge)]);
  core = (await WebAssembly.instantiate(code, {})).exports;
  give(rules);
  const { faults } = JSON.parse(text(core.open()));
  if (faults) throw new Error(faults[0]?.en);
};

/** Judges the source, unless it is the one that was judged last. */
const judge = (source) => {
  if (current?.version === source.version) return current;
  current = undefined;
  const question = bytes(JSON.stringify(source.question));
  give(question, source.bytes);
  const answer = JSON.parse(text(core.check(question.length)));
  if (answer.judged && source.earlier) {
    give(source.earlier);
    const said = text(core.compare());
    if (said) answer.incomparable = JSON.parse(said);
  }
  return (current = { version: source.version, answer });
};

const asked = ({ source, want, detail }) => {
  const { answer } = judge(source);
  if (!answer.judged) return answer;
  if (want === "page") return { ...answer, html: text(core.page()) };
  if (want === "export") {
    give(bytes(detail));
    return { ...answer, file: taken(core.export()) };
  }
  if (want === "mend") return { ...answer, text: text(core.mend(detail)) };
  return answer;
};

addEventListener("message", async ({ data }) => {
  let fault = "load";
  try {
    opening ??= open(data.addresses);
    await opening;
    fault = "trap";
    const answer = asked(data);
    postMessage({ id: data.id, answer, memory: core.memory.buffer.byteLength });
  } catch (error) {
    postMessage({ id: data.id, fault, detail: String(error) });
  }
});
