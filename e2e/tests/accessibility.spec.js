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
