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

// Both workers share this file: it is the longest.
test.describe.configure({ mode: "parallel" });
test.use({ colorScheme: "light", reducedMotion: "reduce" });

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** The rules whose outcome depends on colours; all others say the same in the light and in the dark. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** Every rule in the light, then in the dark those that look at colours. */
async function expectAccessible(page) {
  const said = async (scheme, axe) => {
    const { violations, passes, incomplete } = await axe.analyze();
    expect([...violations, ...passes, ...incomplete].map(({ id }) => id), "colours were looked at").toContain("color-contrast");
    return violations.map((v) => `${scheme}: ${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`);
  };
  const inTheLight = await said("light", new AxeBuilder({ page }).withTags(TAGS));
  await page.emulateMedia({ colorScheme: "dark" });
  const inTheDark = await said("dark", new AxeBuilder({ page }).withRules(OF_COLOURS));
  expect([...inTheLight, ...inTheDark]).toEqual([]);
}

for (const language of ["vi", "en"]) {
  for (const path of pages) {
    test(`/${language}${path} has no accessibility violation, light or dark`, async ({ page }) => {
      await page.goto(`/${language}${path}`);
      await expectAccessible(page);
    });
  }
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
const sample = new URL("../../rules/samples/sample-province.yaml", import.meta.url).pathname;
const served = [
  ["the report", sample, { vi: "Kết quả kiểm tra", en: "check result" }],
  ["the form without a file", null, { vi: "Kiểm tra", en: "Check" }],
];
for (const language of ["vi", "en"]) {
  for (const [name, file, heading] of served) {
    test(`${language}: ${name} has no accessibility violation, light or dark`, async ({ page }) => {
      await page.goto(`/${language}/validate/`);
      if (file) await page.locator("form input[type=file]").first().setInputFiles(file);
      await page.locator("form button[type=submit]").first().click();
      await expect(page.getByRole("heading", { level: 1 })).toContainText(heading[language]);
      await expectAccessible(page);
    });
  }
}
