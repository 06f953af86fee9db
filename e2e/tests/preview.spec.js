// The live preview in a real browser: an editor saves, the page changes under the reader's eyes.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

const root = path.resolve(import.meta.dirname, "../..");
const program = process.env.KHUNG ?? path.join(root, "target/debug/khung");

let folder, port, running;

const at = (file) => path.join(folder, file);
const read = (file) => fs.readFileSync(at(file), "utf8");
const edit = (file, from, to) => {
  const text = read(file);
  expect(text, `${file} holds ${from}`).toContain(from);
  fs.writeFileSync(at(file), text.replace(from, to));
};
const url = (address) => `http://127.0.0.1:${port}${address}`;

async function freePort() {
  const server = net.createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function begin() {
  running = spawn(program, ["preview", "-q", "--root", folder, "--listen", `127.0.0.1:${port}`], { stdio: "ignore" });
  await expect.poll(() => fetch(url("/vi/")).then((answer) => answer.status, () => 0), { timeout: 60_000 }).toBe(200);
}

async function end() {
  if (running.exitCode !== null || running.signalCode !== null) return;
  const gone = new Promise((done) => running.once("exit", done));
  running.kill("SIGKILL");
  await gone;
}

// Each test builds on the folder the one before it left; a debug build on a busy machine takes its time.
test.describe.configure({ mode: "serial", timeout: 120_000 });
const slowly = { timeout: 30_000 };

test.beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "khung-preview-"));
  for (const part of ["content", "rules", "themes"]) fs.cpSync(path.join(root, part), at(part), { recursive: true });
  const filling = Array.from({ length: 60 }, (_, index) => `Đoạn ${index}.`).join("\n\n");
  for (const language of ["vi", "en"]) {
    fs.writeFileSync(at(`content/${language}/guide/long.md`), `---\ntitle: Long ${language}\n---\n\n# Long ${language}\n\n${filling}\n\n## End {#end}\n\nLast words.\n`);
  }
  port = await freePort();
  await begin();
});

test.afterAll(async () => {
  await end();
  fs.rmSync(folder, { recursive: true });
});

/** Opens a page and marks it: a reload would lose the mark. */
async function open(page, address) {
  await page.goto(url(address));
  await expect(page.locator(".preview-bar")).toHaveAttribute("data-state", "live");
  await page.evaluate(() => { window.mark = "kept"; });
}
const isKept = (page) => page.evaluate(() => window.mark === "kept");

/** Holds back what a page asks for at `address`, until the returned function is called. */
async function hold(page, address) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(address, async (route) => { await released; await route.continue(); });
  return release;
}

/** What the server answers at an address now. */
const status = (address) => fetch(url(address)).then(async (answer) => { await answer.text(); return answer.status; });

/** Saves, and waits until all that the preview says of it is said: the look at the whole project is the last. */
async function saveAndReview(save) {
  const events = await fetch(url("/_preview/events"));
  const lines = events.body.pipeThrough(new TextDecoderStream()).getReader();
  let heard = "";
  const isSaid = () => heard.split("\n").filter((line) => line.startsWith("data:")).map((line) => {
    try { return JSON.parse(line.slice(5)); } catch { return {}; }
  }).some((news, _, all) => news.change === "faults" && news.version > all[0].version);
  save();
  while (!isSaid()) {
    const { value, done } = await lines.read();
    if (done) throw new Error("the preview ended before it had said all");
    heard += value;
  }
  await lines.cancel();
}

/** Tells the other tabs that the list of problems was looked at again, as the tab does that holds the connection. */
const tellOfProblems = (page) => page.evaluate(() => {
  new BroadcastChannel("khung-preview").postMessage({ change: "faults", version: Number.MAX_SAFE_INTEGER, problems: 0 });
});

test("a saved paragraph shows at once, and the reader's place, open details and typed words stay", async ({ page }) => {
  await open(page, "/vi/framework/ii-3-4/");
  const details = page.locator("main details").nth(2);
  await details.locator("summary").click();
  await page.locator("#q").fill("đang gõ");
  await page.evaluate(() => scrollTo(0, 900));
  const text = "các phần mềm, hệ thống quản lý cán bộ công chức, viên chức riêng rẽ";
  await page.getByText(text).first().scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  edit("content/vi/framework/ii-3-4.md", text, `${text} (ĐÃ SỬA)`);
  await expect(page.locator("main")).toContainText("riêng rẽ (ĐÃ SỬA)");
  expect(await isKept(page)).toBe(true);
  expect(await page.evaluate(() => scrollY)).toBe(before);
  await expect(details).toHaveAttribute("open", "");
  await expect(page.locator("#q")).toHaveValue("đang gõ");
  await expect(page.locator(".preview-edited")).toContainText("ĐÃ SỬA");
  await expect(page.locator(".preview-bar [role=status]")).toContainText("ms");
  edit("content/vi/framework/ii-3-4.md", " (ĐÃ SỬA)", "");
  await expect(page.locator("main")).not.toContainText("ĐÃ SỬA");
});

test("the edited paragraph comes into view", async ({ page }) => {
  await open(page, "/vi/guide/long/");
  await expect(page.getByText("Last words.")).not.toBeInViewport();
  edit("content/vi/guide/long.md", "Last words.", "The very last words.");
  await expect(page.getByText("The very last words.")).toBeInViewport();
  edit("content/vi/guide/long.md", "Đoạn 3.", "Đoạn ba, đã sửa.");
  await expect(page.getByText("Đoạn ba, đã sửa.")).toBeInViewport();
  // A block put in and taken out again.
  edit("content/vi/guide/long.md", "Đoạn 30.", "Đoạn 30.\n\n- mục mới\n- mục nữa");
  await expect(page.getByText("mục nữa")).toBeInViewport();
  await expect(page.locator("main")).toContainText("Đoạn 59.");
  edit("content/vi/guide/long.md", "\n\n- mục mới\n- mục nữa", "");
  await expect(page.getByText("mục nữa")).toHaveCount(0);
  expect(await isKept(page)).toBe(true);
});

test("an edit that the page met before it was told of it comes into view as well", async ({ page, context }) => {
  const other = await context.newPage();
  await open(other, "/vi/guide/long/");
  await open(page, "/vi/guide/long/");
  // The page is about to look how things stand, for another reason, when the edit is saved.
  const answer = await hold(page, "**/_preview/state?*");
  const asked = page.waitForRequest("**/_preview/state?*");
  await tellOfProblems(other);
  await asked;
  edit("content/vi/guide/long.md", "Đoạn 10.", "Gặp trước khi nghe.");
  await expect(other.locator("main")).toContainText("Gặp trước khi nghe.");
  await saveAndReview(() => edit("content/vi/guide/long.md", "The very last words.", "Gặp sau cùng."));
  await expect(other.locator("main")).toContainText("Gặp sau cùng.");
  answer();
  await expect(page.locator(".preview-edited")).toContainText("Gặp sau cùng.");
  await expect(page.getByText("Gặp sau cùng.")).toBeInViewport();
  edit("content/vi/guide/long.md", "Gặp sau cùng.", "The very last words.");
});

test("styles are swapped in place", async ({ page }) => {
  await open(page, "/vi/guide/long/");
  await page.evaluate(() => scrollTo(0, 400));
  const file = "themes/default/styles/site/3-base.css";
  const before = read(file);
  fs.writeFileSync(at(file), `${before}\nmain h1{color:rgb(1, 2, 3)}\n`);
  await expect(page.locator("main h1")).toHaveCSS("color", "rgb(1, 2, 3)");
  await expect(page.locator("head link[rel=stylesheet]:not([data-preview])")).toHaveCount(1);
  expect(await isKept(page)).toBe(true);
  expect(await page.evaluate(() => scrollY)).toBe(400);
  fs.writeFileSync(at(file), before);
  await expect(page.locator("main h1")).not.toHaveCSS("color", "rgb(1, 2, 3)");
});

test("a style that was taken back before it had come leaves the page as it was", async ({ page }) => {
  await open(page, "/vi/guide/long/");
  const styles = page.locator("head link[rel=stylesheet]:not([data-preview])");
  const address = await styles.getAttribute("href");
  const file = "themes/default/styles/site/3-base.css";
  const before = read(file);
  // The style is sent, and arrives late.
  let arrive;
  const mayArrive = new Promise((resolve) => (arrive = resolve));
  await page.route("**/assets/site.*.css", async (route) => {
    const response = await route.fetch();
    await mayArrive;
    await route.fulfill({ response });
  });
  fs.writeFileSync(at(file), `${before}\nmain h1{color:rgb(3, 2, 1)}\n`);
  await expect(styles).toHaveCount(2);
  // The page takes the head over before it looks how things stand.
  const isTakenOver = page.waitForResponse("**/vi/guide/long/").then(() => page.waitForResponse("**/_preview/state?*"));
  await saveAndReview(() => fs.writeFileSync(at(file), before));
  await isTakenOver;
  arrive();
  await expect(styles).toHaveCount(1);
  await expect(styles).toHaveAttribute("href", address);
  await expect(page.locator("main h1")).not.toHaveCSS("color", "rgb(3, 2, 1)");
  expect(await isKept(page)).toBe(true);
});

test("a style that did not come is asked for again, and the old one stays until then", async ({ page }) => {
  await open(page, "/vi/guide/long/");
  const styles = page.locator("head link[rel=stylesheet]:not([data-preview])");
  const file = "themes/default/styles/site/3-base.css";
  const before = read(file);
  let asked = 0;
  let fail;
  const mayFail = new Promise((resolve) => (fail = resolve));
  await page.route("**/assets/site.*.css", async (route) => {
    asked += 1;
    if (asked > 2) return route.continue();
    if (asked === 2) await mayFail;
    return route.abort();
  });
  fs.writeFileSync(at(file), `${before}\nmain h1{color:rgb(4, 3, 2)}\n`);
  await expect.poll(() => asked).toBe(2);
  expect(await page.evaluate(() => [...document.styleSheets].some((sheet) => sheet.href?.includes("/assets/site.")))).toBe(true);
  fail();
  await expect(page.locator("main h1")).toHaveCSS("color", "rgb(4, 3, 2)");
  await expect(styles).toHaveCount(1);
  fs.writeFileSync(at(file), before);
  await expect(page.locator("main h1")).not.toHaveCSS("color", "rgb(4, 3, 2)");
});

test("a style that a page's own script has put there stays", async ({ page }) => {
  await open(page, "/vi/validate/");
  await page.locator("textarea[name=text]").fill("schema_version: 1\n");
  const report = page.locator("head link[rel=stylesheet][href*='/report.']");
  await expect(report).toHaveCount(1);
  edit("themes/default/templates/footer.html", "<footer class=\"site-foot\">", "<footer class=\"site-foot\" data-again=\"yes\">");
  await expect(page.locator("footer[data-again=yes]")).toBeVisible();
  edit("themes/default/templates/footer.html", " data-again=\"yes\"", "");
  await expect(page.locator("footer[data-again=yes]")).toHaveCount(0);
  await expect(report).toHaveCount(1);
  expect(await isKept(page)).toBe(true);
});

test("a page that cannot be made now stays as it was, with what is wrong over it", async ({ page }) => {
  await open(page, "/vi/guide/long/");
  await page.evaluate(() => scrollTo(0, 400));
  const overlay = page.locator(".preview-overlay");
  edit("themes/default/templates/footer.html", "<footer class=\"site-foot\">", "{{ no.such.value }}<footer class=\"site-foot\">");
  await expect(overlay).toBeVisible();
  await expect(overlay).toContainText("footer.html");
  expect(await status("/vi/guide/long/")).toBe(500);
  await expect(page.locator("main")).toContainText("Đoạn 59.");
  edit("content/vi/guide/long.md", "Đoạn 11.", "Viết khi mẫu còn lỗi.");
  edit("themes/default/templates/footer.html", "{{ no.such.value }}", "");
  await expect(overlay).toBeHidden();
  await expect(page.locator("main")).toContainText("Viết khi mẫu còn lỗi.");
  expect(await isKept(page)).toBe(true);
  edit("content/vi/guide/long.md", "Viết khi mẫu còn lỗi.", "Đoạn 11.");
});

test("a page that was taken away is gone, and is there again when it is written again", async ({ page }) => {
  const files = ["vi", "en"].map((language) => at(`content/${language}/guide/brief.md`));
  const write = (words) => files.forEach((file) => fs.writeFileSync(file, `# Brief\n\n${words}\n`));
  write("There at first.");
  await expect.poll(() => status("/en/guide/brief/")).toBe(200);
  await open(page, "/en/guide/brief/");
  await expect(page.locator("main")).toContainText("There at first.");
  files.forEach((file) => fs.rmSync(file));
  await expect(page.locator("main")).toContainText("Page not found");
  expect(await status("/en/guide/brief/")).toBe(404);
  write("There again.");
  await expect(page.locator("main")).toContainText("There again.");
  files.forEach((file) => fs.rmSync(file));
});

test("templates, interface words and the catalogue are followed as well", async ({ page }) => {
  await open(page, "/vi/guide/long/");
  edit("themes/default/templates/footer.html", "<footer class=\"site-foot\">", "<footer class=\"site-foot\" data-tried=\"yes\">");
  await expect(page.locator("footer[data-tried=yes]")).toBeVisible();
  edit("themes/default/words.vi.json", "\"skip\": \"", "\"skip\": \"Thử ");
  await expect(page.locator(".skip")).toContainText("Thử");
  expect(await isKept(page)).toBe(true);
});

test("an error is shown over the last good page, opens the line, and closes by itself", async ({ page }) => {
  await open(page, "/vi/guide/long/");
  edit("content/vi/guide/long.md", "Đoạn 7.", "<script>alert(1)</script>");
  const overlay = page.locator(".preview-overlay");
  await expect(overlay).toBeVisible();
  await expect(overlay).toContainText("Chưa dựng được trang này");
  await expect(overlay.locator("mark")).toContainText("<script>");
  await expect(overlay.locator(".preview-hit")).toHaveCount(1);
  await expect(overlay.getByRole("link", { name: "Mở đúng dòng" })).toHaveAttribute("href", /^vscode:\/\/file\/.*long\.md:\d+:1$/);
  await expect(page.locator("main")).toContainText("Đoạn 7.");
  await expect(page.locator(".preview-bar")).toHaveAttribute("data-state", "error");
  await page.keyboard.press("Escape");
  await expect(overlay).toBeHidden();
  edit("content/vi/guide/long.md", "<script>alert(1)</script>", "<script>alert(2)");
  await expect(overlay).toBeVisible();
  edit("content/vi/guide/long.md", "<script>alert(2)", "Đoạn bảy.");
  await expect(overlay).toBeHidden();
  await expect(page.locator("main")).toContainText("Đoạn bảy.");
  edit("themes/default/templates/base.html", "<!doctype html>", "{% if %}<!doctype html>");
  await expect(overlay).toContainText("base.html");
  edit("themes/default/templates/base.html", "{% if %}<!doctype html>", "<!doctype html>");
  await expect(overlay).toBeHidden();
  await expect(page.locator(".preview-bar")).toHaveAttribute("data-state", "live");
});

test("bar, panel and error can be read in light and dark, also on a phone", async ({ page }) => {
  for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [360, "dark"]]) {
    await page.setViewportSize({ width, height: 740 });
    await page.emulateMedia({ colorScheme });
    await open(page, "/en/guide/long/");
    const [panel, overlay] = [page.locator(".preview-panel"), page.locator(".preview-overlay")];
    const clean = async (shown) => {
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map((v) => `${shown} ${width} ${colorScheme} ${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`)).toEqual([]);
      const paper = await page.locator(shown).evaluate((element) => getComputedStyle(element).backgroundColor);
      expect(paper === "rgb(255, 255, 255)", paper).toBe(colorScheme === "light");
    };
    // It stays as it was left in this tab.
    const toggle = page.getByRole("button", { name: "Side panel" });
    if ((await toggle.getAttribute("aria-expanded")) !== "true") await toggle.click();
    await expect(panel).toBeVisible();
    await clean(".preview-panel");
    edit("content/en/guide/long.md", "Đoạn 9.", "<b>9");
    await expect(overlay).toBeVisible();
    await clean(".preview-overlay");
    const [box, bar] = [await overlay.boundingBox(), await page.locator(".preview-bar").boundingBox()];
    expect(box.y, "the bar stays in reach").toBeGreaterThanOrEqual(bar.y + bar.height);
    edit("content/en/guide/long.md", "<b>9", "Đoạn 9.");
    await expect(overlay).toBeHidden();
  }
});

test("the side panel lists problems with their places, the rules a paragraph carries and the translation", async ({ page }) => {
  await open(page, "/vi/framework/ii-3-4/");
  await page.getByRole("button", { name: "Bảng bên" }).click();
  const panel = page.locator(".preview-panel");
  await expect(panel).toContainText("Song ngữ");
  await expect(panel.getByRole("link", { name: "KKT2-PLT-007" }).first()).toBeVisible();
  edit("content/vi/guide/long.md", "Đoạn 9.", "[chết](/nowhere/)");
  await expect(panel).toContainText("content/vi/guide/long.md:", slowly);
  edit("content/vi/guide/long.md", "[chết](/nowhere/)", "Đoạn 9.");
  await expect(panel).not.toContainText("content/vi/guide/long.md:", slowly);
  // A paragraph that only one language has.
  edit("content/vi/guide/long.md", "## End {#end}", "Thêm một đoạn.\n\n## End {#end}");
  await page.goto(url("/vi/guide/long/"));
  await expect(panel.locator("dt", { hasText: "Chưa dịch" }).locator("+ dd")).toHaveText("1");
  await expect(page.locator("main .preview-note")).toContainText("chưa có bản tiếng Anh");
  await page.goto(url("/en/guide/long/"));
  await expect(page.locator("main .preview-note")).toContainText("not translated");
});

test("a rule that is edited is tried on its examples and on the samples", async ({ page }) => {
  await open(page, "/vi/rules/kkt2-plt-007/");
  const panel = page.locator(".preview-panel");
  await page.getByRole("button", { name: "Bảng bên" }).click();
  const file = "rules/plt/kkt2-plt-007.json";
  const before = read(file);
  fs.writeFileSync(at(file), before.replaceAll("hr.personnel-management", "no.such-function"));
  await expect(panel).toContainText("Quy tắc đang sửa", slowly);
  await expect(panel).toContainText("sample-ministry.yaml");
  await expect(panel).toContainText("điểm không còn");
  fs.writeFileSync(at(file), before.replace("Không xây dựng phần mềm", "KHÔNG xây dựng phần mềm"));
  await expect(page.locator("main h1")).toContainText("KHÔNG xây dựng");
  await expect(panel).toContainText(/(\d+)\/\1 ví dụ đạt/, slowly);
  await expect(panel).toContainText("không đổi");
  fs.writeFileSync(at(file), before);
});

test("both languages side by side, and the page beside its last build", async ({ page }) => {
  execFileSync(program, ["build", "-q", "--no-compress", "--root", folder, "--date", "2026-03-31"]);
  await open(page, "/vi/guide/long/");
  await page.getByRole("button", { name: "Song song" }).click();
  const frame = page.frameLocator(".preview-frame");
  await expect(frame.locator("main h1")).toContainText("Long en");
  edit("content/en/guide/long.md", "Last words.", "Last English words.");
  await expect(frame.locator("main")).toContainText("Last English words.");
  await expect(frame.locator(".preview-bar")).toHaveCount(0);
  await page.getByRole("button", { name: "So với bản dựng" }).click();
  await expect(page.locator(".preview-frame")).toHaveAttribute("src", /\/_preview\/built\/vi\/guide\/long\//);
  await expect(frame.locator("main h1")).toContainText("Long vi");
  edit("content/vi/guide/long.md", "Đoạn 2.", "Đoạn hai.");
  await expect(page.locator("main")).toContainText("Đoạn hai.");
  await page.getByRole("button", { name: "So với bản dựng" }).click();
  await expect(page.locator(".preview-frame")).toHaveCount(0);
  await page.getByRole("button", { name: "So với bản dựng" }).click();
  await expect(page.locator("main .preview-differs")).toContainText("Đoạn hai.");
});

test("several browsers and many tabs follow at once", async ({ page, browser, context }) => {
  const elsewhere = await (await browser.newContext()).newPage();
  const tabs = [page, elsewhere];
  // More than the six connections that a browser opens to one host.
  for (let more = 0; more < 8; more += 1) tabs.push(await context.newPage());
  for (const tab of tabs) await open(tab, "/en/guide/long/");
  edit("content/en/guide/long.md", "Đoạn 1.", "Seen by everyone.");
  for (const tab of tabs) await expect(tab.locator("main")).toContainText("Seen by everyone.");
  // The tab that held the connection is closed: another takes it over.
  await tabs[0].close();
  edit("content/en/guide/long.md", "Seen by everyone.", "Seen by the others.");
  for (const tab of tabs.slice(1)) await expect(tab.locator("main")).toContainText("Seen by the others.");
});

test("a tab that takes the connection over catches up with what was said in between", async ({ page, context }) => {
  await open(page, "/en/guide/long/");
  const heir = await context.newPage();
  const connect = await hold(heir, "**/_preview/events");
  await open(heir, "/en/guide/long/");
  await page.close();
  await saveAndReview(() => edit("content/en/guide/long.md", "Đoạn 3.", "Said to nobody."));
  connect();
  await expect(heir.locator("main")).toContainText("Said to nobody.");
});

test("a tab catches up with what was saved while its scripts were on their way", async ({ page, context }) => {
  await open(page, "/en/guide/long/");
  const late = await context.newPage();
  const arrive = await hold(late, "**/_preview/*.js");
  await late.goto(url("/en/guide/long/"), { waitUntil: "commit" });
  await expect(late.locator("main")).toContainText("Đoạn 4.");
  await saveAndReview(() => edit("content/en/guide/long.md", "Đoạn 4.", "Said too early."));
  await expect(page.locator("main")).toContainText("Said too early.");
  arrive();
  await expect(late.locator("main")).toContainText("Said too early.");
});

test("a tab that hears of problems before it has caught up still shows what was saved", async ({ page, context }) => {
  await open(page, "/en/guide/long/");
  const late = await context.newPage();
  const scripts = await hold(late, "**/_preview/*.js");
  const answer = await hold(late, "**/_preview/state?*");
  await late.goto(url("/en/guide/long/"), { waitUntil: "commit" });
  await expect(late.locator("main")).toContainText("Đoạn 6.");
  await saveAndReview(() => edit("content/en/guide/long.md", "Đoạn 6.", "Said before the problems."));
  // The scripts are there and ask how things stand; before the answer the list of problems is told.
  const asked = late.waitForRequest("**/_preview/state?*");
  scripts();
  await asked;
  const heard = late.evaluate(() => new Promise((done) => {
    new BroadcastChannel("khung-preview").addEventListener("message", () => done(), { once: true });
    window.isListening = true;
  }));
  await late.waitForFunction(() => window.isListening);
  await tellOfProblems(page);
  await heard;
  answer();
  await expect(late.locator("main")).toContainText("Said before the problems.");
});

test("what could not be fetched is asked for again, without any more news", async ({ page, context }) => {
  await open(page, "/en/guide/long/");
  const other = await context.newPage();
  await open(other, "/en/guide/long/");
  let isCut = true;
  await page.route("**/en/guide/long/", (route) => (isCut ? route.abort() : route.continue()));
  await saveAndReview(() => edit("content/en/guide/long.md", "Đoạn 7.", "Fetched in the end."));
  await expect(other.locator("main")).toContainText("Fetched in the end.");
  await expect(page.locator(".preview-bar")).toHaveAttribute("data-state", "lost");
  await expect(page.locator("main")).toContainText("Đoạn 7.");
  isCut = false;
  await expect(page.locator("main")).toContainText("Fetched in the end.");
  await expect(page.locator(".preview-bar")).toHaveAttribute("data-state", "live");
  expect(await isKept(page)).toBe(true);
});

test("an editor's own browser, which shows the preview in a frame, follows too", async ({ page }) => {
  await page.setContent(`<iframe src="${url("/en/guide/long/")}" width="800" height="600"></iframe>`);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator(".preview-bar")).toHaveAttribute("data-state", "live");
  edit("content/en/guide/long.md", "Đoạn 10.", "Seen in a frame.");
  await expect(frame.locator("main")).toContainText("Seen in a frame.");
});

test("a frame beside the page that was opened while nobody answered shows its page later", async ({ page }) => {
  await open(page, "/en/guide/long/");
  await end();
  await expect(page.locator(".preview-bar")).toHaveAttribute("data-state", "lost");
  await page.getByRole("button", { name: "Side by side" }).click();
  await expect.poll(() => page.locator(".preview-frame").evaluate((frame) => frame.contentDocument)).toBe(null);
  await begin();
  await expect(page.frameLocator(".preview-frame").locator("main h1")).toContainText("Long vi");
});

test("after a restart of the preview the page catches up", async ({ page }) => {
  await open(page, "/en/guide/long/");
  await end();
  await expect(page.locator(".preview-bar")).toHaveAttribute("data-state", "lost");
  edit("content/en/guide/long.md", "Đoạn 5.", "Written while it was away.");
  await begin();
  await expect(page.locator("main")).toContainText("Written while it was away.");
  await expect(page.locator(".preview-bar")).toHaveAttribute("data-state", "live");
  expect(await isKept(page)).toBe(true);
});

test("who asks under another name than this machine's gets nothing", async () => {
  const socket = net.connect(port, "127.0.0.1");
  socket.write("GET /vi/ HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n");
  const answer = await new Promise((done) => socket.once("data", (data) => done(String(data))));
  socket.destroy();
  expect(answer).toMatch(/^HTTP\/1.1 403 /);
});
