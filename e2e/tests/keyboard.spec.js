// Everything by keyboard alone: header, filters, picture, the meaning of a term.
import { expect, test } from "@playwright/test";

/** What has the focus, by its words. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element.getAttribute("aria-label") || element.name || element.textContent.trim();
  });

test("the header is walked in the order it is read, and the skip link leads past it", async ({ page }) => {
  await page.goto("/vi/framework/ii-3-4/");
  const walked = [];
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press("Tab");
    walked.push(await focused(page));
  }
  const order = ["q", "English", "Khung kiến trúc", "Quy tắc", "Thuật ngữ", "Hướng dẫn"];
  expect(walked.filter((name) => order.includes(name))).toEqual(order);
  await page.goto("/vi/framework/ii-3-4/");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement.id)).toBe("main");
});

test("the rules are filtered, and what is hidden is said", async ({ page }) => {
  await page.goto("/vi/rules/");
  const entries = page.locator("[data-entry]");
  const all = await entries.count();
  const option = page.locator("input[name=severity][value=error]");
  await option.focus();
  await page.keyboard.press("Space");
  await expect(option).toBeChecked();
  const shown = await page.locator("[data-entry]:visible").count();
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(all);
  await expect(page.locator("[data-filter-status]")).toContainText(String(shown));
});

test("the picture is highlighted by arrow keys, and the count is spoken", async ({ page }) => {
  await page.goto("/vi/overview/");
  await page.locator("input[name=lead]").first().focus();
  await page.keyboard.press("ArrowRight");
  const chosen = page.locator("input[name=lead]:checked");
  const count = await chosen.getAttribute("data-count");
  await expect(page.locator("[data-picture-count]")).toContainText(count);
});

test("the meaning of a term shows on focus, and Escape puts it away", async ({ page }) => {
  await page.goto("/vi/framework/ii-3-4/");
  const term = page.locator("a.gloss").first();
  const shown = () =>
    term.evaluate((link) => getComputedStyle(link, "::after").content !== "none");
  expect(await shown()).toBe(false);
  // The way a keyboard gets there, so that the focus is a visible one.
  await page.locator("article summary").first().focus();
  for (let step = 0; step < 30 && !(await term.evaluate((link) => link === document.activeElement)); step++) {
    await page.keyboard.press("Tab");
  }
  await expect(term).toBeFocused();
  expect(await shown()).toBe(true);
  await page.keyboard.press("Escape");
  expect(await shown()).toBe(false);
  await expect(term).toBeFocused();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a term is a plain link to its entry", async ({ page }) => {
    await page.goto("/en/framework/ii-3-4/");
    const term = page.locator("a.gloss").first();
    const words = await term.textContent();
    await term.hover();
    await term.click();
    await expect(page).toHaveURL(/\/en\/glossary\/#/);
    const entry = page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`);
    await expect(entry).toContainText(words.replace(/s$/, ""), { ignoreCase: true });
  });
});

test.describe("forced colours and reduced motion", () => {
  test.use({ forcedColors: "active", reducedMotion: "reduce" });

  test("nothing moves, and the picture can still be highlighted", async ({ page }) => {
    await page.goto("/vi/overview/");
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll("*")]
        .map((element) => getComputedStyle(element))
        .filter(
          (style) =>
            parseFloat(style.animationDuration) > 0.01 || parseFloat(style.transitionDuration) > 0.01,
        ).length,
    );
    expect(moving).toBe(0);
    await page.locator("label.pick").nth(1).click();
    await expect(page.locator("input[name=lead]").nth(1)).toBeChecked();
  });
});
