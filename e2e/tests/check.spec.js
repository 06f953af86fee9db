// The check in the reader's own browser: the same report as the server's, nothing sent, nothing lost.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

const top = new URL("../..", import.meta.url).pathname;
const samples = readdirSync(join(top, "rules/samples")).filter((name) => name.endsWith(".yaml"));
const sample = (name) => join(top, "rules/samples", name);
const province = sample("sample-province.yaml");
const DATE = "2026-03-31";

const editor = (page) => page.locator("textarea[name=text]");
const status = (page) => page.locator(".ed-status");
const fileResult = (page) => page.locator("[data-file-result]");

/** The page's own engine and what it needs, for tests that look below the surface. */
const engine = (page, source, want, detail) =>
  page.evaluate(
    async ({ source, want, detail }) => {
      const form = document.querySelector("form[data-validate]");
      const { Checker } = await import(form.dataset.engine);
      const checker = (window.testChecker ??= new Checker(form.dataset));
      const binary = atob(source.base64);
      const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
      const version = JSON.stringify(source);
      const answer = await checker.ask({ version, question: source.question, bytes }, want, detail);
      if (answer.file) answer.file = new TextDecoder("utf-8", { ignoreBOM: true }).decode(answer.file);
      return answer;
    },
    { source, want, detail },
  );

/** A submission for the engine and for the server. */
const upload = (name, bytes, type, lang = "vi") => ({
  base64: Buffer.from(bytes).toString("base64"),
  question: { file: name, media_type: type, date: DATE, level: null, lang, links: true },
});

const ofServer = async (request, name, bytes, type, accept = "application/json") => {
  const answer = await request.post(`/api/v1/validate?date=${DATE}&lang=vi`, {
    headers: { accept },
    multipart: { submission: { name, mimeType: type ?? "application/octet-stream", buffer: Buffer.from(bytes) } },
  });
  return { status: answer.status(), body: await answer.text() };
};

/** Every format, and what is not one: from the samples, the templates, and hands that slip. */
const cases = async (request) => {
  const list = samples.map((name) => [name, readFileSync(sample(name)), "application/yaml"]);
  for (const format of ["xlsx", "yaml", "json"]) {
    const answer = await request.get(`/api/v1/templates/province.${format}`);
    list.push([`mau.${format}`, await answer.body(), answer.headers()["content-type"].split(";")[0]]);
  }
  const archimate = `<?xml version="1.0" encoding="UTF-8"?>
<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="m">
<name>Mô hình</name><elements><element identifier="e1" xsi:type="ApplicationComponent"><name>Cổng dịch vụ</name></element></elements></model>`;
  list.push(["mo-hinh.xml", archimate, "application/xml"]);
  list.push(["so.csv", "id,name.vi,lifecycle\nhe-thong-a,Hệ thống A,operating\n", "text/csv"]);
  const text = readFileSync(province, "utf8");
  list.push(["crlf.yaml", text.replaceAll("\n", "\r\n"), "application/yaml"]);
  list.push(["utf16.yaml", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]), "application/yaml"]);
  list.push(["nfd.yaml", text.normalize("NFD"), "application/yaml"]);
  list.push(["sai-cu-phap.yaml", "a: [1, 2\nb: }", "application/yaml"]);
  list.push(["lap-khoa.json", '{"a": 1, "a": 2}', "application/json"]);
  list.push(["rong.yaml", "   \n", "application/yaml"]);
  list.push(["sau.json", "[".repeat(200) + "]".repeat(200), "application/json"]);
  list.push(["sau.yaml", "a: " + "[".repeat(200) + "]".repeat(200), "application/yaml"]);
  return list;
};

test("browser and server give the same report, letter by letter, on every format", async ({ page, request }) => {
  test.setTimeout(120_000);
  await page.goto("/vi/validate/");
  const differences = [];
  for (const [name, bytes, type] of await cases(request)) {
    const here = await engine(page, upload(name, bytes, type), "export", "json");
    const there = await ofServer(request, name, bytes, type);
    if (there.status !== 200 || here.file !== there.body) {
      differences.push({ name, status: there.status, here: (here.file ?? JSON.stringify(here)).slice(0, 2000), there: there.body.slice(0, 2000) });
    }
  }
  expect(differences).toEqual([]);
});

test("the other forms of a report are the server's as well", async ({ page, request }) => {
  await page.goto("/vi/validate/");
  const bytes = readFileSync(province);
  for (const [form, accept] of [["csv", "text/csv"], ["html", "text/html"], ["sarif", "application/sarif+json"]]) {
    const here = await engine(page, upload("sample-province.yaml", bytes, "application/yaml"), "export", form);
    const there = await ofServer(request, "sample-province.yaml", bytes, "application/yaml", accept);
    expect(here.file.length).toBeGreaterThan(1000);
    expect(here.file.replaceAll(/http:\/\/[^/"]+/g, "")).toBe(there.body.replaceAll(/http:\/\/[^/"]+/g, ""));
  }
});

test("what the server refuses is refused here in the same words", async ({ page, request }) => {
  await page.goto("/vi/validate/");
  const picture = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(100)]);
  const here = await engine(page, upload("anh.png", picture, "image/png"), "summary");
  const there = await ofServer(request, "anh.png", picture, "image/png");
  expect(there.status).toBe(415);
  expect(here.refused.vi).toBe(JSON.parse(there.body).detail);
});

test("who asks for the report right after choosing a file gets that file's report", async ({ page }) => {
  await page.goto("/vi/validate/");
  await page.evaluate((text) => {
    const form = document.querySelector("form[data-validate]");
    const chosen = new DataTransfer();
    chosen.items.add(new File([text], "sample-province.yaml", { type: "application/yaml" }));
    form.elements.submission.files = chosen.files;
    form.elements.submission.dispatchEvent(new Event("change", { bubbles: true }));
    form.requestSubmit(form.querySelector("button[type=submit]"));
  }, readFileSync(province, "utf8"));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Kết quả kiểm tra", { timeout: 20_000 });
  await expect(page.locator("[data-report-page]")).toContainText("KKT2-PLT-007");
});

test("an example of a rule is tried from its page, on this machine and without JavaScript", async ({ page, browser }) => {
  const sent = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await page.goto("/vi/rules/kkt2-plt-007/");
  await page.locator(".example:has(.k-error) [data-try-text] button").first().click();
  await expect(page).toHaveURL(/\/vi\/validate\/$/);
  await expect(page.locator("#text")).toHaveValue(/"submission_version"|"platforms"|"applications"/);
  await expect(page.getByRole("link", { name: "KKT2-PLT-007" }).first()).toBeVisible();
  expect(sent).toEqual([]);
  // Once: the next visit starts empty.
  await page.goto("/vi/validate/");
  await expect(page.locator("#text")).toHaveValue("");

  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto("/en/rules/kkt2-plt-007/");
  await plain.locator(".example:has(.k-error) [data-try-text] button").first().click();
  await expect(plain.getByRole("link", { name: "KKT2-PLT-007" }).first()).toBeVisible();
  await context.close();
});

test("a sample is tried at a press, a broken one too", async ({ page }) => {
  await page.goto("/vi/validate/");
  await expect(page.locator("[data-try]")).toHaveCount(4);
  await page.getByRole("button", { name: "Thử: Tỉnh: có phần mềm cán bộ làm riêng" }).click();
  await expect(fileResult(page)).toContainText("Chưa phù hợp", { timeout: 20_000 });
  await page.getByRole("button", { name: "Thử: JSON hỏng: thiếu dấu đóng" }).click();
  await expect(fileResult(page)).toContainText("Chưa đọc được");
  await fileResult(page).getByRole("button", { name: "Xem báo cáo đầy đủ" }).click();
  await expect(page.locator("[data-report-page]")).toContainText("dòng 12");
  await expect(page.locator("[data-report-page]")).toContainText("Thiếu dấu phẩy hoặc dấu đóng");
  await page.goto("/en/validate/");
  await page.getByRole("button", { name: "Try it: Party body: conforming" }).click();
  await expect(fileResult(page)).toContainText("conform", { timeout: 20_000, ignoreCase: true });
});

test("nothing is fetched until the reader chooses, pastes or types", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/vi/validate/", { waitUntil: "networkidle" });
  const heavy = (path) => /check-(panel|engine|editor|worker)|check\.[0-9a-f]+\.(wasm|bin)|rules\.[0-9a-f]+\.bin/.test(path);
  expect(asked.filter(heavy)).toEqual([]);
  await editor(page).pressSequentially("a: 1");
  await expect.poll(() => asked.filter(heavy).length).toBeGreaterThanOrEqual(6);
});

test("a file is judged on this machine: no request carries it anywhere", async ({ page }) => {
  const sent = [];
  page.on("request", (request) => {
    // HEAD asks whether the host packs the module; it carries nothing.
    if (!["GET", "HEAD"].includes(request.method()) || request.postData()) sent.push(`${request.method()} ${request.url()}`);
  });
  await page.goto("/vi/validate/");
  await expect(page.locator(".secret")).toContainText("không được gửi đi đâu");
  await page.locator("#date").fill(DATE);
  await page.locator("#submission").setInputFiles(province);
  await expect(fileResult(page)).toContainText("Chưa phù hợp");
  await expect(status(page)).toContainText("Chưa phù hợp");
  await page.getByRole("button", { name: "Kiểm tra", exact: true }).click();
  await expect(page.locator("[data-report-page] h1")).toBeFocused();
  await expect(page.locator("[data-report-page]")).toContainText("KKT2-PLT-007");
  const line = readFileSync(province, "utf8").split("\n").findIndex((text) => text.includes("id: app-hr-new")) + 1;
  await expect(page.locator("[data-report-page]")).toContainText(new RegExp(`dòng ${line}\\b`));
  expect(sent).toEqual([]);
});

test("the report in the browser is the page that the server makes, but for its save links", async ({ page }) => {
  const fragment = () =>
    page.evaluate(() => {
      const report = document.querySelector(".report").cloneNode(true);
      for (const group of report.querySelectorAll(".listhead .btns")) group.remove();
      for (const element of report.querySelectorAll("[tabindex]")) if (element.tagName === "H1") element.removeAttribute("tabindex");
      for (const fold of report.querySelectorAll("details[data-close-narrow]")) fold.open = true;
      return report.outerHTML;
    });
  for (const language of ["vi", "en"]) {
    await page.goto(`/${language}/validate/`);
    await page.locator("#date").fill(DATE);
    await page.locator("#submission").setInputFiles(province);
    await expect(page.locator("[data-file-result] button").first()).toBeVisible();
    await page.locator("[data-file-result] button").first().click();
    await expect(page.locator("[data-report-page] h1")).toBeFocused();
    const here = await fragment();
    await page.goBack();
    await expect(page.locator("#submission")).toBeVisible();
    await page.locator("[data-to-server]").click();
    await page.waitForURL(/validate\/$/);
    await expect(page.locator("[data-upload-page]")).toHaveCount(0);
    expect(await fragment()).toBe(here);
  }
});

test("the text is checked while one types, marked, and mended at a press", async ({ page }) => {
  await page.goto("/vi/validate/");
  await page.locator("#date").fill(DATE);
  const text = readFileSync(province, "utf8").replace("lifecycle: operating", "lifecycle: operatting");
  const line = text.split("\n").findIndex((line) => line.includes("operatting")) + 1;
  expect(line).toBeGreaterThan(1);
  await editor(page).fill(text);
  await expect(status(page)).toContainText("Chưa phù hợp");
  await expect(page.locator(".ed-marks mark", { hasText: "operatting" })).toHaveCount(1);
  const item = page.locator(".ed-list > li", { hasText: "operatting" });
  await expect(item).toContainText(`dòng ${line}`);
  await item.getByRole("button", { name: `dòng ${line}`, exact: true }).click();
  await expect(editor(page)).toBeFocused();
  expect(await editor(page).evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd))).toBe("operatting");
  await item.getByRole("button", { name: `Sửa giúp ở dòng ${line}` }).click();
  await expect(page.locator(".ed-list > li", { hasText: "operatting" })).toHaveCount(0);
  const mended = await editor(page).inputValue();
  expect(mended).toBe(text.replace("operatting", "operating"));
  await expect(page.locator("[data-told]")).toContainText(`Đã sửa ở dòng ${line}`);
  // Undo brings back what was mended.
  await editor(page).focus();
  await page.keyboard.press("Control+z");
  expect(await editor(page).inputValue()).toBe(text);
});

test("marks stand where the letters stand, also after letters outside the first plane", async ({ page }) => {
  await page.goto("/vi/validate/");
  const text = 'submission: {id: "𝄞ữ", level: sai}\n';
  await editor(page).fill(text);
  await expect(page.locator(".ed-list > li").first()).toBeVisible();
  const marks = await page.locator(".ed-marks .row").evaluateAll((rows) => rows.map((row) => row.textContent));
  expect(marks.length).toBeGreaterThan(0);
  for (const mark of marks) expect(text.startsWith(mark) || mark.trim() === "").toBe(true);
});

test("without a network everything goes on once it was loaded", async ({ page, context }) => {
  await page.goto("/vi/validate/");
  await editor(page).fill("submission: {id: a}\n");
  await expect(status(page)).not.toBeEmpty();
  await expect(page.locator(".ed-list > li").first()).toBeVisible();
  await context.setOffline(true);
  await editor(page).fill(readFileSync(province, "utf8"));
  await expect(page.locator(".ed-list")).toContainText("KKT2-PLT-007");
  await page.getByRole("button", { name: "Kiểm tra nội dung đã dán" }).click();
  await expect(page.locator("[data-report-page]")).toContainText("KKT2-PLT-007");
  const download = page.waitForEvent("download");
  await page.locator("[data-report-page] a[download]", { hasText: "DOCX" }).click();
  expect((await download).suggestedFilename()).toBe("ket-qua-kiem-tra.docx");
  await page.goBack();
  await expect(editor(page)).toHaveValue(readFileSync(province, "utf8"));
});

test("a workbook is judged, its report names sheet and cell", async ({ page, request }) => {
  const workbook = await (await request.get("/api/v1/templates/province.xlsx")).body();
  await page.goto("/vi/validate/");
  await page.locator("#submission").setInputFiles({ name: "mau.xlsx", mimeType: "", buffer: workbook });
  await expect(fileResult(page).getByRole("button", { name: "Xem báo cáo đầy đủ" })).toBeVisible();
  await expect(fileResult(page).getByRole("button", { name: "Mở trong ô soạn thảo" })).toHaveCount(0);
  await fileResult(page).getByRole("button", { name: "Xem báo cáo đầy đủ" }).click();
  await expect(page.locator("[data-report-page] h1")).toBeVisible();
});

test("what was typed is never replaced by a file, and comes back with a draft that was asked for", async ({ page }) => {
  await page.goto("/vi/validate/");
  await editor(page).fill("ghi_chu: của tôi\n");
  await expect(status(page)).not.toBeEmpty();
  await page.locator("#submission").setInputFiles(province);
  await expect(fileResult(page)).toContainText(/phù hợp/i);
  await expect(editor(page)).toHaveValue("ghi_chu: của tôi\n");
  expect(await page.evaluate(() => localStorage.getItem("khung.draft"))).toBe(null);
  await page.getByLabel("Giữ bản nháp").check();
  await page.reload();
  await expect(editor(page)).toHaveValue("ghi_chu: của tôi\n");
  await page.getByLabel("Giữ bản nháp").uncheck();
  expect(await page.evaluate(() => localStorage.getItem("khung.draft"))).toBe(null);
});

test("leaving with a text that is kept nowhere asks first", async ({ page }) => {
  await page.goto("/vi/validate/");
  await editor(page).pressSequentially("a: 1");
  await expect(status(page)).not.toBeEmpty();
  const dialog = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const asked = await dialog;
  expect(asked.type()).toBe("beforeunload");
  await asked.dismiss();
  await expect(editor(page)).toHaveValue("a: 1");
});

test("an earlier report is compared with, and a wrong one is told", async ({ page, request }) => {
  const bytes = readFileSync(province);
  const { body } = await ofServer(request, "sample-province.yaml", bytes, "application/yaml");
  await page.goto("/vi/validate/");
  await page.locator("#date").fill(DATE);
  await page.locator("#previous").setInputFiles({ name: "truoc.json", mimeType: "application/json", buffer: Buffer.from("{") });
  await page.locator("#submission").setInputFiles(province);
  await fileResult(page).getByRole("button", { name: "Xem báo cáo đầy đủ" }).click();
  await expect(page.locator("#error-summary")).toBeFocused();
  await expect(page.locator("#error-summary a")).toHaveAttribute("href", "#previous");
  await page.locator("#previous").setInputFiles({ name: "truoc.json", mimeType: "application/json", buffer: Buffer.from(body) });
  await expect(fileResult(page).getByRole("button", { name: "Xem báo cáo đầy đủ" })).toBeVisible();
  await fileResult(page).getByRole("button", { name: "Xem báo cáo đầy đủ" }).click();
  await expect(page.locator("[data-report-page] .delta")).toBeVisible();
});

test("a fault of the checker is told in the reader's language and it is started again", async ({ page }) => {
  // By hand: memory, `reserve` → 1024, `output` → 0 where "{}" lies, `open` → 2, `check` → unreachable.
  const module = Buffer.from(
    [
      "0061736d01000000", // magic, version
      "010a0260017f017f6000017f", // types: (i32) → i32, () → i32
      "03050400010100", // functions
      "0503010040", // 64 pages of memory
      "072c05066d656d6f72790200077265736572766500000" + "66f75747075740001046f70656e000205636865636b0003", // exports
      "0a15040500418008" + "0b040041000b040041020b0300000b", // code
      "0b08010041000b027b7d", // data
    ].join(""),
    "hex",
  );
  let broken = true;
  await page.route(/check\.[0-9a-f]+\.wasm/, async (route) => {
    if (!broken || route.request().method() === "HEAD") return route.continue();
    return route.fulfill({ body: module, contentType: "application/wasm" });
  });
  for (const [language, words] of [["vi", "đã được khởi động lại"], ["en", "was started again"]]) {
    broken = true;
    await page.goto(`/${language}/validate/`);
    await editor(page).fill("submission: {id: a}\n");
    await expect(page.locator("#error-summary")).toContainText(words);
    await expect(editor(page)).toHaveValue("submission: {id: a}\n");
    broken = false;
    await editor(page).fill("submission: {id: b}\n");
    await expect(page.locator(".ed-list > li").first()).toBeVisible();
    await page.evaluate(() => (window.onbeforeunload = null));
    await editor(page).fill("");
  }
});

test("hostile names and values stay text", async ({ page }) => {
  const dialogs = [];
  page.on("dialog", (dialog) => dialogs.push(dialog.message()) && dialog.dismiss());
  await page.goto("/vi/validate/");
  const hostile = '<img src=x onerror=alert(1)>"><script>alert(2)</script>';
  const text = `submission: {id: ${JSON.stringify(hostile)}}\nagency: {level: ${JSON.stringify(hostile)}, name: {vi: ${JSON.stringify(hostile)}}}\n`;
  await page.locator("#submission").setInputFiles({ name: `${hostile.replaceAll("/", "")}.yaml`, mimeType: "", buffer: Buffer.from(text) });
  await expect(page.locator(".ed-list > li").first()).toBeVisible();
  await fileResult(page).getByRole("button", { name: "Xem báo cáo đầy đủ" }).click();
  await expect(page.locator("[data-report-page] h1")).toBeVisible();
  expect(await page.locator("img[src=x]").count()).toBe(0);
  expect(dialogs).toEqual([]);
});

for (const colorScheme of ["light", "dark"]) {
  for (const language of ["vi", "en"]) {
    test.describe(`${language} ${colorScheme}`, () => {
      test.use({ colorScheme });
      test("no accessibility violation in any state of the page, none sideways at 320 px", async ({ page }) => {
        test.setTimeout(60_000);
        const clean = async (state) => {
          const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
          expect(violations.map((v) => `${state}: ${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`)).toEqual([]);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          expect(overflow, state).toBeLessThanOrEqual(0);
        };
        await page.setViewportSize({ width: 320, height: 800 });
        await page.goto(`/${language}/validate/`);
        await page.locator("button[type=submit]").first().click();
        await expect(page.locator("#error-summary")).toBeFocused();
        await clean("nothing chosen");
        await page.locator("#submission").setInputFiles(province);
        await expect(page.locator(".ed-list > li").first()).toBeVisible();
        await clean("marks");
        await page.setViewportSize({ width: 1280, height: 900 });
        await clean("marks, wide");
        await page.locator("button[type=submit]").first().click();
        await expect(page.locator("[data-report-page] h1")).toBeFocused();
        await clean("report");
      });
    });
  }
}
