// Search in the browser beside Pagefind, over one built site: bytes, requests, times, quality.
// usage: node search.mjs PUBLIC JUDGED.json [--without-pagefind]
import { createServer } from "node:http";
import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [folder, judgedFile, ...flags] = process.argv.slice(2);
const judged = JSON.parse(await readFile(judgedFile, "utf8"));
const withPagefind = !flags.includes("--without-pagefind");

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css", svg: "image/svg+xml", json: "application/json", wasm: "application/wasm" };

/** A plain static host that sends packed variants where they lie beside a file. */
const host = createServer(async (request, response) => {
  let path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  if (path.endsWith("/")) path += "index.html";
  const file = join(folder, path);
  const headers = { "content-type": TYPES[path.split(".").pop()] ?? "application/octet-stream" };
  try {
    let bytes = await readFile(file);
    if (/gzip/.test(request.headers["accept-encoding"] ?? "") && (await stat(file + ".gz").catch(() => null))) {
      bytes = await readFile(file + ".gz");
      headers["content-encoding"] = "gzip";
    }
    response.writeHead(200, { ...headers, "content-length": bytes.length }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => host.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${host.address().port}`;

const ours = {
  name: "khung",
  open: async (language) => {
    const form = document.querySelector("form[data-search-panel]");
    const { Engine, unpacked } = await import(form.dataset.searchPanel);
    const engine = new Engine(unpacked, language);
    await engine.open(form.dataset.searchModule);
    window.find = async (query) => {
      const answer = await engine.ask(query, { limit: 6 });
      return (await engine.show(answer.hits)).map((hit) => hit.url);
    };
    window.rank = async (query) => {
      await engine.ask(query, { limit: 10 });
    };
  },
};
const pagefind = {
  name: "Pagefind",
  open: async () => {
    const found = await import("/pagefind/pagefind.js");
    await found.init();
    window.find = async (query) => {
      const { results } = await found.search(query);
      const data = await Promise.all(results.slice(0, 6).map((result) => result.data()));
      return data.flatMap((page) => [page.url, ...page.sub_results.map((part) => part.url)]);
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
const fresh = async (language, slow) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const wire = { bytes: 0, requests: 0 };
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await page.goto(`${base}/${language}/404.html`, { waitUntil: "networkidle" });
  session.on("Network.dataReceived", (event) => (wire.bytes += event.encodedDataLength || event.dataLength));
  session.on("Network.requestWillBeSent", () => wire.requests++);
  if (slow) {
    const speed = (1.6 * 1024 * 1024) / 8;
    await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: speed, uploadThroughput: speed });
  }
  return { context, page, wire };
};

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const kilo = (bytes) => (bytes / 1000).toFixed(1) + " kB";
const last = (url) => (url.includes("#") ? url.split("#")[1] : url.replace(/\/$/, "").split("/").pop());

const measure = async (engine) => {
  const sample = judged.filter((_, place) => place % 9 === 0);
  const first = [];
  const firstRequests = [];
  const later = [];
  const slowTimes = [];
  const warm = [];
  for (const { q, ui } of sample) {
    const { context, page, wire } = await fresh(ui);
    await page.evaluate(engine.open, ui);
    await page.evaluate((query) => window.find(query), q);
    first.push(wire.bytes);
    firstRequests.push(wire.requests);
    await context.close();
  }
  for (const language of ["vi", "en"]) {
    const { context, page, wire } = await fresh(language);
    await page.evaluate(engine.open, language);
    for (const { q } of sample.filter(({ ui }) => ui === language)) {
      const before = wire.bytes;
      await page.evaluate((query) => window.find(query), q);
      later.push(wire.bytes - before);
      warm.push(await page.evaluate(async (query) => {
        const started = performance.now();
        for (let round = 0; round < 20; round++) await window.rank(query);
        return (performance.now() - started) / 20;
      }, q));
    }
    await context.close();
  }
  for (const { q, ui } of sample.slice(0, 6)) {
    const { context, page } = await fresh(ui, true);
    const started = performance.now();
    await page.evaluate(engine.open, ui);
    await page.evaluate((query) => window.find(query), q);
    slowTimes.push(performance.now() - started);
    await context.close();
  }
  let ranks = 0;
  for (const language of ["vi", "en"]) {
    const { context, page } = await fresh(language);
    await page.evaluate(engine.open, language);
    for (const { q, ui, expect } of judged.filter((query) => query.ui === language)) {
      const urls = await page.evaluate((query) => window.find(query), q);
      const place = urls.map(last).findIndex((id) => expect.includes(id));
      if (place >= 0) ranks += 1 / (place + 1);
    }
    await context.close();
  }
  console.log(
    [
      engine.name.padEnd(9),
      `first result ${kilo(middle(first))} (most ${kilo(Math.max(...first))}) in ${middle(firstRequests)} requests`,
      `later ${kilo(middle(later.slice(1)))}`,
      `warm ${middle(warm).toFixed(2)} ms (most ${Math.max(...warm).toFixed(1)})`,
      `fast 3G ${(middle(slowTimes) / 1000).toFixed(2)} s`,
      `MRR ${(ranks / judged.length).toFixed(3)}`,
    ].join(" | "),
  );
};

await measure(ours);
if (withPagefind) await measure(pagefind);
await browser.close();
host.close();
