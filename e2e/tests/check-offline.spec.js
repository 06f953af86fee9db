// The check without a server: on a plain file host, and in the one file that opens from a disk.
import { createServer } from "node:http";
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

const top = new URL("../..", import.meta.url).pathname;
const province = join(top, "rules/samples/sample-province.yaml");
const DATE = "2026-03-31";

test.describe("on a plain file host", () => {
  let server;
  let origin;
  const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

  test.beforeAll(async () => {
    server = createServer(async (request, response) => {
      const path = normalize(decodeURIComponent(new URL(request.url, "http://host").pathname));
      if (request.method !== "GET" && request.method !== "HEAD") return response.writeHead(405).end();
      try {
        const file = join(top, "public", path.endsWith("/") ? `${path}index.html` : path);
        const bytes = await readFile(file);
        response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" }).end(bytes);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
    origin = `http://127.0.0.1:${server.address().port}`;
  });
  test.afterAll(() => new Promise((closed) => server.close(closed)));

  test("the check works, and says that there is no server to send anything to", async ({ page }) => {
    await page.goto(`${origin}/vi/validate/`);
    await page.locator("#date").fill(DATE);
    await page.locator("#submission").setInputFiles(province);
    await expect(page.locator(".ed-list")).toContainText("KKT2-PLT-007");
    await page.locator("[data-to-server]").click();
    await expect(page.locator("#error-summary")).toContainText("máy chủ tệp tĩnh");
    await page.getByRole("button", { name: "Kiểm tra", exact: true }).click();
    await expect(page.locator("[data-report-page]")).toContainText("KKT2-PLT-007");
  });

  test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });
    test("the page says what works", async ({ page }) => {
      await page.goto(`${origin}/vi/validate/`);
      await expect(page.locator(".secret noscript p")).toContainText("máy chủ tệp tĩnh");
      await expect(page.locator("#submission")).toBeVisible();
    });
  });
});

test("the checker in one file opens from a disk and asks nothing of anybody", async ({ page, request, context }, info) => {
  const file = info.outputPath("kiem-tra-ho-so.html");
  writeFileSync(file, await (await request.get("/vi/offline.html")).body());
  await context.setOffline(true);
  const asked = [];
  const said = [];
  page.on("request", (request) => asked.push(new URL(request.url()).protocol));
  page.on("console", (message) => message.type() === "error" && said.push(message.text()));
  await page.goto(`file://${file}`);
  await expect(page.locator("[data-not-started]")).toBeHidden();
  await page.locator("#date").fill(DATE);
  await page.locator("#submission").setInputFiles(province);
  await expect(page.locator(".ed-list")).toContainText("KKT2-PLT-007");
  await page.getByRole("button", { name: "Kiểm tra", exact: true }).click();
  await expect(page.locator("[data-report-page]")).toContainText("KKT2-PLT-007");
  await expect(page.locator("[data-report-page] a[href^='/']")).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`)).toEqual([]);
  expect([...new Set(asked)].filter((protocol) => !["file:", "blob:", "data:"].includes(protocol))).toEqual([]);
  expect(said).toEqual([]);
});

test("the checker in one file says how to open it where it cannot run", async ({ page }) => {
  await page.goto("/vi/offline.html");
  await expect(page.locator("[data-not-started]")).toContainText("bấm đúp");
  await expect(page.locator("#submission")).toBeHidden();
});
