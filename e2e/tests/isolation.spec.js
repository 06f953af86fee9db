// A hostile picture among the files of a site, and a hostile site beside ours, in a real browser.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";

const top = new URL("../..", import.meta.url).pathname;
const picture = (sentinel) => `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100"
  onload="document.documentElement.setAttribute('ran','onload')">
  <script>document.documentElement.setAttribute("ran", "script")</script>
  <script href="/hostile.js"/>
  <foreignObject width="100" height="100"><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:parent.document.documentElement.setAttribute('ran','frame')"/></foreignObject>
  <image href="${sentinel}/beacon" onerror="document.documentElement.setAttribute('ran','onerror')"/>
  <a href="javascript:document.documentElement.setAttribute('ran','link')"><rect width="100" height="100" fill="red"/></a>
</svg>`;

/** A folder with the built site alone, and the hostile picture on its manifest. */
function siteWithPicture(picture) {
  const folder = mkdtempSync(join(tmpdir(), "khung-e2e-"));
  cpSync(join(top, "public"), join(folder, "public"), { recursive: true });
  writeFileSync(join(folder, "public/hostile.svg"), picture);
  const place = join(folder, "public/.khung/manifest.json");
  const manifest = JSON.parse(readFileSync(place, "utf8"));
  const sha256 = createHash("sha256").update(picture).digest("hex");
  manifest.files.push({ path: "hostile.svg", media_type: "image/svg+xml", sha256, immutable: false });
  writeFileSync(place, JSON.stringify(manifest));
  return folder;
}

test("a picture with scripts is shown and runs nothing", async ({ page }) => {
  test.setTimeout(60_000);
  let calls = 0;
  const sentinel = createServer((request, response) => {
    calls += 1;
    response.end();
  });
  await new Promise((ready) => sentinel.listen(0, "127.0.0.1", ready));
  const folder = siteWithPicture(picture(`http://127.0.0.1:${sentinel.address().port}`));
  const server = spawn(process.env.KHUNG ?? join(top, "target/debug/khung"), ["serve", "-q", "--root", folder, "--listen", "127.0.0.1:0"]);
  try {
    const address = await new Promise((found, failed) => {
      let said = "";
      server.stderr.on("data", (data) => {
        said += data;
        const line = /listening address=(\S+)/.exec(said);
        if (line) found(line[1]);
      });
      server.on("exit", () => failed(new Error(said)));
    });
    const answer = await page.goto(`http://${address}/hostile.svg`);
    expect(answer.status()).toBe(200);
    expect(answer.headers()["content-type"]).toMatch(/^image\/svg\+xml/);
    expect(answer.headers()["content-security-policy"]).toContain("sandbox");
    await page.mouse.click(50, 50);
    await page.waitForTimeout(300);
    const ran = await page.evaluate(() => document.documentElement.getAttribute("ran"));
    expect(ran).toBeNull();
    expect(calls).toBe(0);
  } finally {
    server.kill();
    sentinel.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a form on another site gains nothing that its own page could not", async ({ page, baseURL, context }) => {
  const hostile = `<!doctype html><title>evil</title><iframe name="f"></iframe>
    <form method="post" enctype="multipart/form-data" action="${baseURL}/vi/validate/" target="f">
      <textarea name="text">agency: {level: province}</textarea></form>`;
  const evil = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(hostile);
  });
  await new Promise((ready) => evil.listen(0, "127.0.0.1", ready));
  try {
    // Another host name is another site, although it is the same machine.
    await page.goto(`http://localhost:${evil.address().port}/`);
    const answered = page.waitForResponse(/\/vi\/validate\//);
    await page.evaluate(() => document.forms[0].submit());
    const answer = await answered;
    expect(answer.headers()["set-cookie"]).toBeUndefined();
    expect(answer.headers()["x-frame-options"]).toBe("DENY");
    const read = await page.evaluate(async (base) => {
      const tried = {};
      try {
        tried.frame = frames[0].document.body.innerText.includes("KKT2");
      } catch {
        tried.frame = "unreadable";
      }
      for (const mode of ["cors", "no-cors"]) {
        try {
          const body = new Blob(["a: 1"], { type: "text/plain" });
          const response = await fetch(`${base}/api/v1/validate`, { method: "POST", mode, body, credentials: "include" });
          tried[mode] = (await response.text()).length;
        } catch {
          tried[mode] = "unreadable";
        }
      }
      return tried;
    }, baseURL);
    // Nothing of an answer can be read: neither framed nor fetched.
    expect(read).toEqual({ frame: expect.anything(), cors: "unreadable", "no-cors": expect.anything() });
    expect(read.frame === "unreadable" || read.frame === false).toBe(true);
    expect(read["no-cors"] === "unreadable" || read["no-cors"] === 0).toBe(true);
    expect(await context.cookies(baseURL)).toEqual([]);
  } finally {
    evil.close();
  }
});
