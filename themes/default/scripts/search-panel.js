// The search panel: fetches what the compiled search core asks for and shows what it answers.
// Everything about words and ranking is decided in the core, the same one the server runs.

import words from "khung:words/search_panel";

/** The compiled core with the index of one language, fetched part by part. */
export class Engine {
  /** `load(path, fresh)` gives the unpacked bytes of a file of the site. */
  constructor(load, language) {
    this.load = load;
    this.language = language;
  }

  /** The bytes of module and head may be on their way. */
  async open(module, head = this.load(this.head)) {
    const [code, index] = await Promise.all([module, head]);
    this.module = await WebAssembly.compile(code);
    // The browser may have kept a head of a form that is known no more.
    await this.begin(index).catch(() => this.anew());
  }

  get head() {
    return `/search/${this.language}.bin`;
  }

  async begin(head) {
    const core = (await WebAssembly.instantiate(this.module)).exports;
    this.give(head, core);
    // Of another form, if the site has been published anew since this page was opened.
    if (!core.open()) throw new Error(this.head);
    this.core = core;
    this.parts = new Map();
  }

  /** Begins with the head as it is on the server now. */
  async anew() {
    await this.begin(await this.load(this.head, true));
  }

  give(bytes, core = this.core) {
    // Reserving may move the memory: first the place, then the view.
    const place = core.reserve(bytes.length);
    new Uint8Array(core.memory.buffer, place, bytes.length).set(bytes);
  }

  text(length) {
    return new TextDecoder().decode(new Uint8Array(this.core.memory.buffer, this.core.output(), length));
  }

  /** Fetches a shard or a card once; `take` is the function that takes it in. */
  part(take, number, name) {
    const { core, parts } = this;
    if (!parts.has(name)) {
      const fetched = this.load(`/assets/search-${this.language}/${name}.bin`).then((bytes) => {
        if (core !== this.core) return;
        this.give(bytes);
        core[take](number);
      });
      fetched.catch(() => parts.delete(name));
      parts.set(name, fetched);
    }
    return parts.get(name);
  }

  /** Asks until nothing is wanting; an index that was replaced meanwhile is opened anew. */
  async ask(query, { kind = 0, layer = 0, skip = 0, limit = 10 } = {}) {
    const bytes = new TextEncoder().encode(query.slice(0, 1000));
    for (let attempt = 0, before; ; ) {
      this.give(bytes);
      const length = this.core.query(kind, layer, skip, limit);
      if (length >= 0) return this.read(this.text(length));
      const text = this.text(-length);
      // What was fetched and is wanted again is damaged.
      if (text === before) throw new Error(text);
      before = text;
      const wanted = text.trim().split("\n");
      try {
        await Promise.all(wanted.map((line) => this.part("shard", ...line.split("\t"))));
      } catch (error) {
        if (attempt++) throw error;
        await this.anew();
        before = "";
      }
    }
  }

  read(answer) {
    const [count, kinds, meant, completions, ...hits] = answer.split("\n").map((line) => line.split("\t"));
    return {
      total: +count[0],
      more: count[1] === "1",
      kinds: kinds.slice(0, -1).map(Number),
      meant: meant[0].trim(),
      completions: completions.filter(Boolean),
      hits: hits.map(([document, kind, name]) => ({ document, kind, name })),
    };
  }

  /** What is shown of hits; their cards are fetched first. */
  async show(hits) {
    await Promise.all(hits.map((hit) => this.part("card", hit.document, hit.name)));
    return hits.map((hit) => {
      const [url, title, place, code, twin, anchor, passage] = this.text(this.core.hit(hit.document)).split("\n");
      return { ...hit, url, title, place, code, twin, anchor, passage };
    });
  }
}

/** The bytes of an answer. */
export const unpack = async (response) => {
  if (!response.ok) throw new Error(response.url);
  const stream = response.body.pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

/** A file of the site, unpacked; `fresh` asks the server whether it has changed. */
export const unpacked = async (path, fresh) => unpack(await fetch(path, fresh && { cache: "no-cache" }));

/** An element with attributes and children; text is only ever text. */
const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children);
  return element;
};

/** A passage with the words found in `<mark>`. */
const marked = (passage) => {
  const paragraph = make("p");
  for (const piece of passage.split("\u0001")) {
    const [found, rest] = piece.includes("\u0002") ? piece.split("\u0002") : [null, piece];
    if (found !== null) paragraph.append(make("mark", {}, found));
    paragraph.append(rest);
  }
  return paragraph;
};

/** Whether there is anything that was opened lately (`search-more.js` keeps it). */
const wasOpened = () => {
  try {
    return localStorage.getItem("khung.recent");
  } catch {
    return false;
  }
};

const SHOWN = 5;
let engine;

// Makes a search form answer while one types: in a panel below it, or in the results page. `fetched` are the
// responses with module and head of the index, on their way.
export const mount = (form, fetched) => {
  if (form.dataset.mounted) return;
  form.dataset.mounted = "true";
  const language = document.documentElement.lang;
  const field = form.elements.q;
  const page = "search" in form.dataset && document.querySelector("[data-search-results]");
  const list = make("ol", { class: "hits" });
  const status = make("p", { class: "muted", role: "status" });
  const before = make("div", { class: "search-before" });
  const after = make("div", { class: "search-after" });
  const panel = page || make("div", { class: "search-panel", role: "region", "aria-label": words.panel, hidden: true });
  panel.replaceChildren(status, before, list, after);
  if (!page) form.append(panel);
  /** Opens the index, from what is on its way or anew. */
  const start = (responses) => {
    const made = new Engine(unpacked, language);
    made.ready = made.open(...(responses?.map((response) => response.then(unpack)) ?? [unpacked(form.dataset.searchModule)]));
    made.ready.catch(() => (engine = undefined));
    return made;
  };
  engine ??= start(fetched);
  let filter = { kind: 0, layer: 0 };
  let asked = 0;

  const link = (hit) => {
    const anchor = make("a", { href: hit.url }, ...(hit.code ? [make("span", { class: "hit-code" }, hit.code), " "] : []), hit.title);
    anchor.hit = hit;
    return anchor;
  };
  const item = (hit) => {
    const passage = marked(hit.passage);
    const deep = hit.url.split("#")[0] + "#" + hit.anchor;
    if (hit.anchor && deep !== hit.url) passage.append(" ", make("a", { href: deep }, words.passage));
    const place = make("p", { class: "hit-place" }, make("span", { class: "chip" }, words.kinds[hit.kind]), " " + hit.place);
    if (hit.twin) {
      const other = language === "vi" ? "en" : "vi";
      place.append(" · ", make("a", { href: hit.twin, hreflang: other, lang: other }, words.twin));
    }
    return make("li", {}, make("h3", {}, link(hit)), place, passage);
  };
  /** Hits of one page stand together, under the best of them. */
  const grouped = (hits) => {
    const pages = new Map();
    for (const hit of hits) {
      const address = hit.url.split("#")[0];
      const first = pages.get(address);
      if (!first) {
        pages.set(address, item(hit));
        continue;
      }
      let within = first.querySelector(".hits-within");
      if (!within) {
        within = make("ul", { class: "hits-within" });
        first.append(make("p", { class: "hits-same" }, words.same), within);
      }
      within.append(item(hit));
    }
    return [...pages.values()];
  };
  const button = (text, act, attributes = {}) => {
    const made = make("button", { type: "button", ...attributes }, text);
    made.addEventListener("click", act);
    return made;
  };
  const retype = (text) => {
    field.value = text;
    field.focus();
    filter = { kind: 0, layer: 0 };
    run();
  };
  const choose = (change) => {
    filter = { ...filter, ...change };
    run();
  };

  const showBefore = (answer) => {
    const parts = [];
    if (answer.meant) {
      parts.push(make("p", {}, words.meant + " ", button(answer.meant, () => retype(answer.meant), { class: "link" }), "?"));
    }
    if (answer.completions.length) {
      const buttons = answer.completions.map((text) => button(text, () => retype(text), { class: "chip" }));
      parts.push(make("div", { class: "search-row", role: "group", "aria-label": words.suggestions }, ...buttons));
    }
    const kinds = answer.kinds.map((count, place) => [count, place + 1]).filter(([count]) => count);
    if (kinds.length > 1 || filter.kind || filter.layer) {
      const chip = (text, kind) => button(text, () => choose({ kind }), { class: "chip", "aria-pressed": String(filter.kind === kind) });
      const select = make("select", { "aria-label": words.layer }, ...words.layers.map((name, place) => make("option", { value: place, selected: place === filter.layer }, name)));
      select.addEventListener("change", () => choose({ layer: +select.value }));
      const chips = kinds.map(([count, kind]) => chip(`${words.kinds[kind - 1]} (${count})`, kind));
      parts.push(make("div", { class: "search-row", role: "group", "aria-label": words.filter }, chip(words.all, 0), ...chips, select));
    }
    before.replaceChildren(...parts);
  };

  const showHits = async (query, number, skip, shown) => {
    const answer = await engine.ask(query, { ...filter, skip, limit: SHOWN });
    const hits = [...shown, ...(await engine.show(answer.hits))];
    if (number !== asked) return;
    if (!skip) showBefore(answer);
    const { total, more } = answer;
    const count = (total === 1 ? words.one : words.count).replace("{n}", total);
    status.textContent = total ? (more ? words.at_least.replace("{count}", count) : count) : words.none;
    list.replaceChildren(...grouped(hits));
    const next = skip + SHOWN < total && answer.hits.length === SHOWN;
    const go = () => showHits(query, number, skip + SHOWN, hits).catch(fail);
    after.replaceChildren(...(next ? [button(words.more, go, { class: "btn" })] : []));
  };
  /** Says something in the place of an answer. */
  const say = (text) => {
    status.textContent = text;
    for (const part of [before, list, after]) part.replaceChildren();
  };
  const fail = () => say(words.failed);
  // What no first answer needs comes after it.
  let rest;
  const more = () => (rest ??= import(form.dataset.searchMore).then((module) => module.attach({ form, field, panel, page, list, link, say, make, run }))).catch(() => (rest = undefined));
  const empty = () => {
    say("");
    if (!page) panel.hidden = true;
    const number = asked;
    const isHere = () => number === asked && (page || form.contains(document.activeElement));
    if (wasOpened()) more().then((attached) => isHere() && attached?.recent());
  };
  const answer = async () => {
    const number = ++asked;
    const query = field.value;
    document.querySelector("[data-search-index]")?.toggleAttribute("hidden", Boolean(page && query.trim()));
    if (!query.trim()) return empty();
    panel.hidden = false;
    try {
      engine ??= start();
      await engine.ready;
      if (number === asked) await showHits(query, number, 0, []);
      more();
    } catch {
      if (number === asked) fail();
    }
  };

  let running;
  let pause;
  const run = () => {
    clearTimeout(pause);
    pause = undefined;
    return (running = answer());
  };

  const close = () => {
    asked++;
    if (!page) panel.hidden = true;
  };
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!form.contains(event.target)) close();
  });
  // A press that comes before the answer, or before what follows it, waits for it; whoever has gone on
  // to something else meanwhile is left there.
  let led;
  const keys = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const from = event.target;
    if (step && (from === field || from.closest("h3 a, .hits > li > a"))) {
      event.preventDefault();
      const isHere = () => [from, led].includes(document.activeElement);
      (pause ? run() : running).then(more).then((attached) => attached && isHere() && (led = attached.move(step)));
    }
    if (event.key !== "Escape" || page || panel.hidden) return;
    event.preventDefault();
    field.focus();
    close();
  };
  form.addEventListener("keydown", keys);
  if (page) panel.addEventListener("keydown", keys);
  field.addEventListener("input", () => {
    clearTimeout(pause);
    filter = { kind: 0, layer: 0 };
    pause = setTimeout(run, 120);
  });
  field.addEventListener("focus", () => {
    if (panel.hidden) run();
  });
  run();
};
