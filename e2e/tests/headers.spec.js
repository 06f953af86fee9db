// Every address of the site, and every kind of fault: its headers, its charset, nothing inline.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";

const manifest = JSON.parse(
  readFileSync(new URL("../../public/.khung/manifest.json", import.meta.url), "utf8"),
);

const faults = [
  ["GET", "/vi/no-such-page/", 404],
  ["GET", "/en/no-such-page/", 404],
  ["GET", "/no-such-page", 404],
  ["GET", "/api/v1/no-such-thing", 404],
  ["GET", "/api/v1/rules/none", 404],
  ["GET", "/c/none", 404],
  ["GET", "/api/v1/search?q=x&limit=none", 400],
  ["GET", `/${"a".repeat(9000)}`, 414],
  ["DELETE", "/vi/", 405],
  ["PUT", "/api/v1/validate", 405],
  ["POST", "/healthz", 405],
  ["OPTIONS", "/api/v1/validate", 204],
  ["POST", "/api/v1/validate", 415],
  ["GET", "/vi", 301],
  ["GET", "/", 303],
  ["GET", "/c/ii-3-4-3", 303],
  ["GET", "/vi/search/?q=khung", 200],
  ["GET", "/en/status/", 200],
  ["GET", "/healthz", 200],
  ["GET", "/readyz", 200],
  ["GET", "/api/v1/openapi.json", 200],
  ["GET", "/api/v1/search?q=khung", 200],
  ["GET", "/api/v1/templates/province.xlsx", 200],
];

/** What is wrong with one answer. */
function wrong(path, headers, body) {
  const found = [];
  const need = (holds, what) => holds || found.push(`${path}: ${what}`);
  const policy = headers["content-security-policy"] ?? "";
  const type = headers["content-type"] ?? "";
  const isPicture = type.startsWith("image/svg");
  need(policy.startsWith("default-src 'none'"), `policy ${policy}`);
  need(isPicture ? policy.endsWith("sandbox") : !policy.includes("unsafe-inline"), `policy ${policy}`);
  need(isPicture || policy.includes("frame-ancestors 'none'"), "can be framed");
  need(policy.includes("base-uri 'none'"), "base-uri");
  need(headers["x-content-type-options"] === "nosniff", "sniffed");
  need(headers["x-frame-options"] === "DENY", "can be framed");
  need(headers["cross-origin-opener-policy"] === "same-origin", "opener");
  need(headers["cross-origin-resource-policy"] === "same-origin", "resource policy");
  need(!!headers["referrer-policy"], "referrer");
  need(!!headers["x-request-id"], "no id");
  need(!headers["set-cookie"], "sets a cookie");
  need(!headers["server"], "says what it is");
  if (/^(text\/|application\/([a-z.+-]*json|xml|javascript))/.test(type)) {
    need(/charset=utf-8$/.test(type), `type ${type}`);
  } else {
    need(!body.length || !!type, "no type");
  }
  if (type.startsWith("text/html")) {
    const html = body.toString("utf8");
    // A block of data (JSON-LD for search engines) is nothing that runs.
    // The checker in one file is there to be saved and opened from a disk, where nothing stands beside
    // it; what is served here under this policy runs nothing of it.
    const alone = path.endsWith("/offline.html");
    need(alone || !/<script(?![^>]*\s(src=|type="application\/ld\+json"))[^>]*>/i.test(html), "a script within the page");
    need(alone || !/<style[\s>]/i.test(html), "styles within the page");
    need(!/<[^>]+\sstyle=/i.test(html), "a style attribute");
    need(!/<[^>]+\son[a-z]+=/i.test(html), "a handler within the page");
    need(!/(src|href|action)="?javascript:/i.test(html), "a script as an address");
  }
  return found;
}

test("every file on the manifest carries the headers and its charset, and nothing is inline", async ({ request }) => {
  test.setTimeout(300_000);
  const paths = manifest.files.map((file) => `/${file.path.replace(/(^|\/)index\.html$/, "$1")}`);
  expect(paths.length).toBeGreaterThan(500);
  const found = [];
  while (paths.length) {
    const some = paths.splice(0, 16);
    const checked = some.map(async (path) => {
      const answer = await request.get(path, { maxRedirects: 0 });
      // A server answers the root and short citations by the reader's language.
      const status = path === "/" || path.startsWith("/c/") ? 303 : 200;
      if (answer.status() !== status) found.push(`${path}: status ${answer.status()}`);
      found.push(...wrong(path, answer.headers(), await answer.body()));
    });
    await Promise.all(checked);
  }
  expect(found).toEqual([]);
});

test("every fault carries the headers and its charset, and nothing is inline", async ({ request }) => {
  const found = [];
  for (const [method, path, status] of faults) {
    const answer = await request.fetch(path, { method, maxRedirects: 0 });
    if (answer.status() !== status) found.push(`${method} ${path}: ${answer.status()} instead of ${status}`);
    found.push(...wrong(`${method} ${path.slice(0, 60)}`, answer.headers(), await answer.body()));
  }
  expect(found).toEqual([]);
});

test("no page breaks its own policy", async ({ page }) => {
  test.setTimeout(120_000);
  const broken = [];
  page.on("console", (message) => {
    if (/content security policy|refused to/i.test(message.text())) broken.push(message.text());
  });
  for (const path of ["/", "/overview/", "/framework/ii-3-4/", "/rules/", "/glossary/", "/validate/", "/search/?q=khung", "/none/"]) {
    for (const language of ["vi", "en"]) {
      await page.goto(`/${language}${path}`);
      await page.waitForLoadState("load");
    }
  }
  expect(broken).toEqual([]);
});
