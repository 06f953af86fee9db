// Search as one types: the compiled core in the browser against the server, and the panel's manners.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";

const judged = JSON.parse(
  readFileSync(new URL("../../site-gen/tests/search/judged.json", import.meta.url), "utf8"),
);
// What nobody means to type is answered alike as well.
const hostile = ["", " ", "((", '"', "*", "\\", "<script>alert(1)</script>", "a".repeat(3000), "\u0000\u0001", "%00", "'; --", "𝄞 ữ", "^(a+)+$"];

for (const language of ["vi", "en"]) {
  test(`the browser and the server give the same hits in the same order (${language})`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.goto(`/${language}/`);
    const own = judged.filter((query) => query.ui === language).map((query) => query.q);
    const foreign = judged.filter((query) => query.ui !== language).map((query) => query.q);
    const queries = [...own, ...foreign, ...hostile];
    const differences = await page.evaluate(async ({ queries, language }) => {
      const form = document.querySelector("form[data-search-panel]");
      const { Engine, unpacked } = await import(form.dataset.searchPanel);
      const engine = new Engine(unpacked, language);
      await engine.open(engine.load(form.dataset.searchModule));
      const differences = [];
      for (const query of queries) {
        const here = await engine.ask(query, { limit: 10 });
        const urls = (await engine.show(here.hits)).map((hit) => hit.url);
        const asked = `/api/v1/search?limit=10&lang=${language}&q=${encodeURIComponent(query.slice(0, 400))}`;
        const answer = await fetch(asked);
        if (!answer.ok && !query.trim()) continue;
        const there = await answer.json();
        const same = there.total === here.total && there.hits.map((hit) => hit.url).join() === urls.join();
        if (!same) differences.push({ query, here: urls, there });
      }
      return differences;
    }, { queries, language });
    expect(differences).toEqual([]);
    expect(queries.length).toBeGreaterThan(200);
  });
}

test("nothing is fetched until the reader touches search", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/vi/framework/ii-3-4/", { waitUntil: "networkidle" });
  const searching = (path) => /search-panel|\/search\/|search\.[0-9a-f]+\.bin|\/search-vi\//.test(path);
  expect(asked.filter(searching)).toEqual([]);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox").first()).toBeFocused();
  await expect.poll(() => asked.filter(searching).length).toBeGreaterThan(2);
});

test("the panel answers while one types, by keyboard alone", async ({ page }) => {
  await page.goto("/vi/");
  await page.keyboard.press("/");
  await page.keyboard.type("nen tang hop truc tuy");
  const panel = page.locator(".search-panel");
  await expect(panel.locator(".hits h3 a").first()).toContainText("Nền tảng họp trực tuyến");
  await expect(panel.getByRole("status")).toContainText("kết quả");
  await expect(panel.locator("mark").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(panel.locator(".hits h3 a").first()).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Escape");
  await expect(panel).toBeHidden();
  await expect(page.getByRole("searchbox").first()).toBeFocused();
});

test("arrow keys pressed too early wait for what they lead to, unless the reader has gone on", async ({ page }) => {
  let release;
  const held = new Promise((done) => (release = done));
  await page.route(/search-more/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/vi/");
  const field = page.getByRole("searchbox").first();
  const links = page.locator(".search-panel .hits h3 a");
  const typed = async (field) => {
    await field.focus();
    await expect(page.locator("form[data-mounted]")).toBeAttached();
    await field.fill("chữ ký số");
    await page.keyboard.press("ArrowDown");
  };
  await typed(field);
  await page.keyboard.press("ArrowDown");
  await expect(links.nth(1)).toBeVisible();
  await expect(field).toBeFocused();
  release();
  await expect(links.nth(1)).toBeFocused();

  // On the results page hits stay where they are, whatever the reader does.
  await page.unroute(/search-more/);
  const elsewhere = page.locator("header a").first();
  await page.route(/search-more/, async (route) => {
    await elsewhere.focus();
    await route.continue();
  });
  await page.goto("/vi/search/");
  const come = page.waitForResponse(/search-more/);
  await typed(page.locator("form[data-search] [name=q]"));
  await (await come).finished();
  await expect(page.locator("[data-search-results] .hits h3 a").first()).toBeVisible();
  await page.waitForTimeout(300);
  await expect(elsewhere).toBeFocused();
});

test("arrow keys pressed before the panel is there lead to the hits when it has come", async ({ page }) => {
  let release;
  const held = new Promise((done) => (release = done));
  await page.route(/search-panel/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/vi/");
  await page.getByRole("searchbox").first().fill("chữ ký số");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  release();
  const links = page.locator(".search-panel .hits h3 a");
  await expect(links.nth(1)).toBeFocused();
});

test("one result is counted as one, in the panel and by the server", async ({ page }) => {
  const query = '"digital signature of the"';
  await page.goto("/en/");
  await page.getByRole("searchbox").first().fill(query);
  await expect(page.locator(".search-panel").getByRole("status")).toHaveText("At least 1 result");
  const served = await (await page.request.get(`/en/search/?q=${encodeURIComponent(query)}`)).text();
  expect(served).toContain(">At least 1 result.</p>");
});

test("the panel closes whatever happens to its data", async ({ page }) => {
  await page.route(/search\/vi\.bin/, (route) => route.abort());
  await page.goto("/vi/");
  const panel = page.locator(".search-panel");
  for (const leave of [
    () => page.keyboard.press("Escape"),
    () => page.locator("main a").first().focus(),
    () => page.mouse.click(5, 600),
  ]) {
    await page.getByRole("searchbox").first().fill("chữ ký");
    await expect(panel.getByRole("status")).toContainText("Chưa tải được");
    await leave();
    await expect(panel).toBeHidden();
    await page.goto("/vi/");
  }
});

test.describe("an index that another program published meanwhile", () => {
  // A head of an unknown form, packed as heads are: one stored block.
  const unknown = { body: Buffer.from([1, 2, 0, 253, 255, 255, 0]), contentType: "application/octet-stream" };

  test("is said to be unreadable, and found when it can be read", async ({ page }) => {
    await page.route(/search\/vi\.bin/, (route) => route.fulfill(unknown));
    await page.goto("/vi/");
    const status = page.locator(".search-panel").getByRole("status");
    await page.getByRole("searchbox").first().fill("chữ ký");
    await expect(status).toContainText("Chưa tải được");
    await page.unroute(/search\/vi\.bin/);
    await page.getByRole("searchbox").first().fill("chữ ký số");
    await expect(status).toContainText("kết quả");
  });

  test("is unreadable to a page that was open before, however often it asks", async ({ page }) => {
    let heads = 0;
    await page.route(/search\/vi\.bin/, (route) => (heads++ ? route.fulfill(unknown) : route.continue()));
    await page.route(/search-vi\/s/, (route) => route.fulfill({ status: 404 }));
    await page.goto("/vi/");
    const status = page.locator(".search-panel").getByRole("status");
    for (const query of ["chữ ký", "nền tảng", "kiến trúc"]) {
      const before = heads;
      await page.getByRole("searchbox").first().fill(query);
      await expect.poll(() => heads).toBeGreaterThan(Math.max(before, 1));
      await expect(status).toContainText("Chưa tải được");
    }
  });
});

test("a clause number leads to the clause, which is remembered", async ({ page }) => {
  await page.goto("/vi/");
  await page.keyboard.press("/");
  await page.keyboard.type("điểm đ mục 1 phần II");
  const first = page.locator(".search-panel .hits h3 a").first();
  await expect(first).toHaveAttribute("href", "/vi/framework/ii-1/#ii-1-dd");
  await first.click();
  await expect(page).toHaveURL(/ii-1-dd$/);
  await page.keyboard.press("/");
  await expect(page.locator(".search-panel .hits a").first()).toContainText("II.1.đ");
});

test("a slip is answered with the right words, and «did you mean»", async ({ page }) => {
  await page.goto("/vi/");
  await page.keyboard.press("/");
  await page.keyboard.type("chử ký số ");
  const meant = page.locator(".search-panel button.link");
  await expect(meant).toHaveText("chữ ký số");
  await meant.click();
  await expect(page.getByRole("searchbox").first()).toHaveValue("chữ ký số");
});

test("the panel fits 320 px", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/en/");
  await page.keyboard.press("/");
  await page.keyboard.type("electronic identification");
  await expect(page.locator(".search-panel .hits h3 a").first()).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
