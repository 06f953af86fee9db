// Search in the browser beside Pagefind, over one built site: bytes, requests, times, quality.
// usage: node search.mjs PUBLIC JUDGED.json... [--without-pagefind]
// Bytes are those of the first answer on a page that has loaded nothing of search: script, module, index
// and what the hits show, packed as the host sends them (counted there: Pagefind fetches from a worker),
// without headers. Ours is asked every query, Pagefind every ninth. The host speaks HTTP/2, as file hosts
// on the Internet do; times over a slow link are taken over HTTP/1.1 too, where a browser fetches six
// files at once (`openssl` makes the certificate; without it all is HTTP/1.1).
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { createSecureServer } from "node:http2";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [folder, ...rest] = process.argv.slice(2);
const files = rest.filter((argument) => !argument.startsWith("--"));
const judged = (await Promise.all(files.map((file) => readFile(file, "utf8")))).flatMap((text) => JSON.parse(text));
const withPagefind = !rest.includes("--without-pagefind");

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css", svg: "image/svg+xml", json: "application/json", wasm: "application/wasm" };

/** What belongs to search: ours and Pagefind's. */
const OF_SEARCH = /^\/(pagefind|search)\/|^\/assets\/search[-.]/;
/** What the host has sent of search since a page was ready. */
const wire = { bytes: 0, requests: 0 };

/** How a plain static host answers: with the packed variants that lie beside a file. */
const answer = async (request, response) => {
  let path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  const counts = OF_SEARCH.test(path);
  if (path.endsWith("/")) path += "index.html";
  const file = join(folder, path);
  const headers = { "content-type": TYPES[path.split(".").pop()] ?? "application/octet-stream" };
  const accepted = request.headers["accept-encoding"] ?? "";
  try {
    let bytes = await readFile(file);
    for (const [encoding, ending] of [["br", ".br"], ["gzip", ".gz"]]) {
      if (accepted.includes(encoding) && (await stat(file + ending).catch(() => null))) {
        bytes = await readFile(file + ending);
        headers["content-encoding"] = encoding;
        break;
      }
    }
    if (counts) {
      wire.bytes += bytes.length;
      wire.requests++;
    }
    response.writeHead(200, { ...headers, "content-length": bytes.length });
    response.end(bytes);
  } catch {
    response.writeHead(404);
    response.end();
  }
};

/** A key and a certificate for this machine, made for this run. */
const certificate = async () => {
  const home = await mkdtemp(join(tmpdir(), "khung-bench-"));
  const [key, cert] = [join(home, "key"), join(home, "cert")];
  const request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1".split(" ");
  try {
    execFileSync("openssl", [...request, "-keyout", key, "-out", cert], { stdio: "ignore" });
    return { key: await readFile(key), cert: await readFile(cert) };
  } finally {
    await rm(home, { recursive: true });
  }
};

const listen = async (server, scheme) => {
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { server, base: `${scheme}://127.0.0.1:${server.address().port}` };
};
const plain = await listen(createServer(answer), "http");
const modern = await certificate().then(
  (pair) => listen(createSecureServer(pair, answer), "https"),
  () => plain,
);

const ours = {
  name: "khung",
  every: 1,
  open: async (language) => {
    const form = document.querySelector("form[data-search-panel]");
    // As the page does when a field is touched: script, module and head side by side.
    const panel = import(form.dataset.searchPanel);
    const [module, head] = [form.dataset.searchModule, `/search/${language}.bin`].map((path) => fetch(path));
    const { Engine, unpack, unpacked } = await panel;
    const engine = new Engine(unpacked, language);
    await engine.open(module.then(unpack), head.then(unpack));
    window.find = async (query) => {
      const answer = await engine.ask(query, { limit: 5 });
      return (await engine.show(answer.hits)).map((hit) => [hit.url]);
    };
    window.rank = async (query) => {
      await engine.ask(query, { limit: 10 });
    };
  },
};
const pagefind = {
  name: "Pagefind",
  every: 9,
  open: async () => {
    const found = await import("/pagefind/pagefind.js");
    await found.init();
    window.find = async (query) => {
      const { results } = await found.search(query);
      const data = await Promise.all(results.slice(0, 5).map((result) => result.data()));
      return data.map((page) => [page.url, ...page.sub_results.map((part) => part.url)]);
    };
    window.rank = async (query) => {
      await found.search(query);
    };
  },
};

if (withPagefind) {
  const library = await import("pagefind");
  const started = performance.now();
  await rm(join(folder, "pagefind"), { recursive: true, force: true });
  const { index } = await library.createIndex({});
  await index.addDirectory({ path: folder, glob: "{vi,en}/**/*.html" });
  await index.writeFiles({ outputPath: join(folder, "pagefind") });
  await library.close();
  console.log(`Pagefind indexed the site in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

/** A page that has loaded nothing of search, with a count of what comes over the wire. */
const fresh = async (language, slow, host = modern) => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  // A slow link has nothing else to carry than search; otherwise fonts may still be under way.
  await page.goto(`${host.base}/${language}/404.html`, { waitUntil: slow ? "networkidle" : "load" });
  wire.bytes = 0;
  wire.requests = 0;
  if (slow) {
    // "Fast 3G" as WebPageTest and Lighthouse know it: 1.6 Mbit/s, 150 ms there and back.
    const speed = (1.6 * 1000 * 1000) / 8;
    await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: speed, uploadThroughput: speed });
  }
  return { context, page };
};

const at = (numbers, part) => [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];
const spread = (numbers, show) => `median ${show(at(numbers, 0.5))}, p90 ${show(at(numbers, 0.9))}, most ${show(at(numbers, 1))}`;
const kilo = (bytes) => (bytes / 1000).toFixed(1) + " kB";
const seconds = (time) => (time / 1000).toFixed(2) + " s";
const last = (url) => (url.includes("#") ? url.split("#")[1] : url.replace(/\/$/, "").split("/").pop());

/** First answers: every query on a fresh page. */
const firsts = async (engine, sample, slow, host) => {
  const bytes = [];
  const requests = [];
  const times = [];
  for (const { q, ui } of sample) {
    const { context, page } = await fresh(ui, slow, host);
    const started = performance.now();
    await page.evaluate(engine.open, ui);
    await page.evaluate((query) => window.find(query), q);
    times.push(performance.now() - started);
    bytes.push(wire.bytes);
    requests.push(wire.requests);
    await context.close();
  }
  return { bytes, requests, times };
};

/** One page per language on which all queries are asked: later bytes, warm times, ranks. */
const session = async (engine, queries) => {
  const later = [];
  const warm = [];
  let ranks = 0;
  for (const language of ["vi", "en"]) {
    const { context, page } = await fresh(language);
    await page.evaluate(engine.open, language);
    for (const [place, { q, expect }] of queries.filter(({ ui }) => ui === language).entries()) {
      const before = wire.bytes;
      const urls = await page.evaluate((query) => window.find(query), q);
      if (place > 0) later.push(wire.bytes - before);
      const rank = urls.findIndex((hit) => hit.some((url) => expect.includes(last(url))));
      if (rank >= 0) ranks += 1 / (rank + 1);
      if (place % 9 === 0) {
        warm.push(
          await page.evaluate(async (query) => {
            const rounds = 50;
            const started = performance.now();
            for (let round = 0; round < rounds; round++) await window.rank(query);
            return (performance.now() - started) / rounds;
          }, q),
        );
      }
    }
    await context.close();
  }
  return { later, warm, mrr: ranks / queries.length };
};

const measure = async (engine) => {
  const sample = judged.filter((_, place) => place % engine.every === 0);
  const first = await firsts(engine, sample);
  const some = judged.filter((_, place) => place % 10 === 0);
  const slow = await firsts(engine, some, true);
  const slowPlain = await firsts(engine, some, true, plain);
  const { later, warm, mrr } = await session(engine, judged);
  const milliseconds = (time) => time.toFixed(2) + " ms";
  console.log(`${engine.name} (${sample.length} of ${judged.length} queries asked afresh, ${modern === plain ? "HTTP/1.1" : "HTTP/2"})
  first answer    ${spread(first.bytes, kilo)}
  requests        ${spread(first.requests, String)}
  later answers   ${spread(later, kilo)}
  warm query      ${spread(warm, milliseconds)}
  "fast 3G"       ${spread(slow.times, seconds)}
  over HTTP/1.1   ${spread(slowPlain.times, seconds)}
  MRR             ${mrr.toFixed(3)}`);
};

/** Our panel as a reader sees it: from the touch of the field to the first hit shown, "fast 3G". */
const panel = async () => {
  const times = [];
  for (const { q, ui } of judged.filter((_, place) => place % 10 === 0)) {
    const { context, page } = await fresh(ui, true);
    times.push(
      await page.evaluate(async (query) => {
        const started = performance.now();
        const field = document.querySelector("form[data-search-panel] [name=q]");
        field.value = query;
        field.focus();
        while (!document.querySelector(".search-panel .hits h3, .search-panel [role=status]:not(:empty)")) {
          await new Promise((next) => setTimeout(next, 5));
        }
        return performance.now() - started;
      }, q),
    );
    await context.close();
  }
  console.log(`  panel, "fast 3G", from touch to first hit: ${spread(times, seconds)}`);
};

await measure(ours);
await panel();
if (withPagefind) await measure(pagefind);
await browser.close();
for (const { server } of new Set([plain, modern])) server.close();
// HTTP/2 keeps connections that the browser left open.
process.exit();
