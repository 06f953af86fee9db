// One official's way through: read a clause, change the language, search, hand in a file.
import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";

const sample = new URL("../../rules/samples/sample-province.yaml", import.meta.url).pathname;

test("home → clause → language switch keeps the paragraph", async ({ page }) => {
  await page.goto("/vi/");
  await expect(page.locator("html")).toHaveAttribute("lang", "vi");
  await page.getByRole("link", { name: "Khung kiến trúc", exact: true }).first().click();
  await page.goto("/vi/framework/ii-3-4/#ii-3-4-3");
  const clause = page.locator("#ii-3-4-3");
  await expect(clause).toContainText("không cần xây dựng");
  await page.getByRole("link", { name: "English" }).first().click();
  await expect(page).toHaveURL(/\/en\/framework\/ii-3-4\/#ii-3-4-3$/);
  await expect(page.locator("#ii-3-4-3")).toContainText("need not build separate software");
});

test("searching without diacritics finds the framework", async ({ page }) => {
  await page.goto("/vi/search/?q=khung+kien+truc");
  const first = page.locator("main a[href*='/vi/framework/']").first();
  await expect(first).toBeVisible();
  await expect(page.locator("main mark").first()).toBeVisible();
});

test("the province sample shows PLT-007 with its line", async ({ page }) => {
  await page.goto("/vi/validate/");
  await page.locator("form input[type=file]").first().setInputFiles(sample);
  await page.locator("form [name=date]").first().fill("2026-03-31");
  await page.locator("form button[type=submit]").first().click();
  // The form says some of it already; what counts here is the report.
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Kết quả kiểm tra");
  await expect(page.locator("main")).toContainText("KKT2-PLT-007");
  const lines = readFileSync(sample, "utf8").split("\n");
  const line = lines.findIndex((text) => text.includes("id: app-hr-new")) + 1;
  await expect(page.locator("main")).toContainText(new RegExp(`dòng ${line}\\b`));
  await expect(page.locator("main")).toContainText("sử dụng thống nhất nền tảng này");
  await expect(page.locator("main")).not.toContainText("vi phạm");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("reading, searching and submitting work", async ({ page }) => {
    await page.goto("/en/framework/ii-3-4/");
    await expect(page.locator("#ii-3-4-3")).toBeVisible();
    await page.goto("/en/search/?q=online+meeting+platform");
    await expect(page.locator("main a[href*='online-meeting-platform']").first()).toBeVisible();
    await page.goto("/en/validate/");
    await page.locator("form input[type=file]").first().setInputFiles(sample);
    await page.locator("form [name=date]").first().fill("2026-03-31");
    await page.locator("form button[type=submit]").first().click();
    await expect(page.locator("main")).toContainText("KKT2-PLT-007");
  });
});
