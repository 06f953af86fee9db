// axe-core, WCAG 2.2 A and AA, on every page type, both languages, light and dark.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

const pages = [
  "/",
  "/overview/",
  "/framework/ii-3-4/",
  "/framework/all/",
  "/components/",
  "/components/national-personnel-management-platform/",
  "/owners/moha/",
  "/rules/",
  "/rules/kkt2-plt-007/",
  "/glossary/",
  "/guide/",
  "/search/?q=nen+tang",
  "/validate/",
  "/about/",
  "/constituents/",
  "/changelog/",
  "/no-such-page/",
];

for (const colorScheme of ["light", "dark"]) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const language of ["vi", "en"]) {
      for (const path of pages) {
        test(`/${language}${path} has no accessibility violation`, async ({ page }) => {
          await page.goto(`/${language}${path}`);
          const { violations } = await new AxeBuilder({ page })
            .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
            .analyze();
          const said = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`);
          expect(said).toEqual([]);
        });
      }
    }
  });
}

test.describe("at 320 px", () => {
  test.use({ viewport: { width: 320, height: 700 } });
  for (const path of pages) {
    test(`/vi${path} does not scroll sideways`, async ({ page }) => {
      await page.goto(`/vi${path}`);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }
});

test("no page asks anything of another host", async ({ page }) => {
  const outside = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.hostname !== "127.0.0.1" && url.protocol !== "data:") outside.push(request.url());
  });
  for (const path of pages) await page.goto(`/vi${path}`);
  expect(outside).toEqual([]);
});

// Pages the server makes itself: the report and the form with its faults.
for (const colorScheme of ["light", "dark"]) {
  for (const language of ["vi", "en"]) {
    test.describe(`${language} ${colorScheme}`, () => {
      test.use({ colorScheme });

      const sample = new URL("../../rules/samples/sample-province.yaml", import.meta.url).pathname;
      for (const [name, file] of [["the report", sample], ["the form without a file", null]]) {
        test(`${name} has no accessibility violation`, async ({ page }) => {
          await page.goto(`/${language}/validate/`);
          if (file) await page.locator("form input[type=file]").first().setInputFiles(file);
          await page.locator("form button[type=submit]").first().click();
          await page.waitForLoadState("load");
          if (file) await expect(page.locator("main")).toContainText("KKT2-PLT-007");
          const { violations } = await new AxeBuilder({ page })
            .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
            .analyze();
          const said = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`);
          expect(said).toEqual([]);
        });
      }
    });
  }
}
