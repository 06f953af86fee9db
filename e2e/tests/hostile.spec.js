// Names and values made to run as script, in every place where what a reader sends is shown again.
// The content security policy is switched off here: what is escaped must hold without it.
import { expect, test } from "@playwright/test";

test.use({ bypassCSP: true });

const payloads = [
  `<script>pwned=1;alert(1)</script>`,
  `"><script>pwned=1;alert(1)</script>`,
  `</script><script>pwned=1;alert(1)</script>`,
  `'"></title></textarea></style><script>pwned=1;alert(1)</script>`,
  `<img src=x onerror="pwned=1;alert(1)">`,
  `"><img src=x onerror=pwned=1>`,
  `' onmouseover='pwned=1' autofocus onfocus='pwned=1' x='`,
  `" onfocus="pwned=1" autofocus tabindex="0" x="`,
  `<svg onload=pwned=1>`,
  `<svg><script>pwned=1</script></svg>`,
  `<svg><animate onbegin=pwned=1 attributeName=x dur=1s>`,
  `<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=pwned=1&gt;">`,
  `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
  `<iframe src="javascript:parent.pwned=1"></iframe>`,
  `<object data="javascript:pwned=1"></object>`,
  `<embed src="javascript:pwned=1">`,
  `<details open ontoggle=pwned=1>`,
  `<video><source onerror=pwned=1></video>`,
  `<body onpageshow=pwned=1>`,
  `<meta http-equiv="refresh" content="0;url=javascript:pwned=1">`,
  `<base href="https://evil.example/">`,
  `<form action="javascript:pwned=1"><button autofocus>x</button></form>`,
  `<a href="javascript:pwned=1" id="x">x</a>`,
  `javascript:pwned=1`,
  `<template><script>pwned=1</script></template>`,
  `<!--><script>pwned=1</script>-->`,
  `<![CDATA[<script>pwned=1</script>]]>`,
  `&lt;script&gt;pwned=1&lt;/script&gt;`,
  `\u003cscript\u003epwned=1\u003c/script\u003e`,
  `<scr\u0000ipt>pwned=1</scr\u0000ipt>`,
  `{{constructor.constructor('pwned=1')()}}`,
  "${pwned=1}",
  `\u202e<script>pwned=1</script>\u202c`,
  `<khung:slot--><script>pwned=1</script>`,
  `<!--khung:slot--><script>pwned=1</script>`,
];
const all = payloads.join("\n");
// A few at a time: one page shows several, and none of them can hide all others behind an open quote.
const groups = [];
for (let at = 0; at < payloads.length; at += 5) groups.push(payloads.slice(at, at + 5).join(" "));

/** Opens nothing that asks, runs nothing, leaves no element of ours that was not ours. */
async function unharmed(page, act) {
  const dialogs = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss();
  });
  await act();
  await page.waitForLoadState("load");
  // Whoever waits for the pointer or the focus gets them.
  await page.mouse.move(200, 200);
  await page.keyboard.press("Tab");
  const found = await page.evaluate(() => {
    const elements = [...document.querySelectorAll("*")];
    return {
      pwned: typeof window.pwned,
      handlers: elements
        .filter((element) => element.getAttributeNames().some((name) => name.startsWith("on")))
        .map((element) => element.outerHTML.slice(0, 200)),
      scripts: [...document.scripts]
        .filter((script) => !script.src.startsWith(location.origin))
        .map((script) => script.outerHTML.slice(0, 200)),
      foreign: [...document.querySelectorAll("iframe, object, embed, base, meta[http-equiv=refresh i], img[src='x']")].map(
        (element) => element.outerHTML.slice(0, 200),
      ),
      links: [...document.links]
        .filter((link) => !/^(https?|data|mailto|blob):$/.test(link.protocol) || link.hostname === "evil.example")
        .map((link) => link.outerHTML.slice(0, 200)),
    };
  });
  expect({ dialogs, ...found }).toEqual({
    dialogs: [],
    pwned: "undefined",
    handlers: [],
    scripts: [],
    foreign: [],
    links: [],
  });
}

/** A submission with hostile words wherever words can stand. */
function submission(words) {
  return {
    submission: { schema_version: "0.1", id: words, created: words, language: words, status: words },
    agency: { name: { vi: words, en: words }, level: "province", kind: words, code: words },
    contacts: [{ role: words, name: words, email: words }],
    reference: { framework_id: words, framework_version: words, parent_framework: { id: words, document: words } },
    applications: [
      { id: words, name: { vi: words, en: words }, component_ref: words, sourcing: words, lifecycle: words, hosting: words },
      { id: words, name: { vi: words }, functions: [words], security_level: words },
    ],
    integrations: [{ id: "int-1", from: words, to: words, via: words, data_refs: [words] }],
    component_dispositions: [{ component_ref: words, state: words, date_from: words }],
    justifications: [{ id: words, record_ref: words, rule: words, text: words }],
    attachments: [{ id: words, url: words, href: "javascript:pwned=1" }],
    [words]: { [words]: words },
  };
}

async function handIn(page, language, { name, text, date, level, previous }) {
  await page.goto(`/${language}/validate/`);
  const form = page.locator("form:has(input[type=file])").first();
  const upload = { name, mimeType: "application/octet-stream", buffer: Buffer.from(text) };
  await form.locator("input[name=submission]").setInputFiles(upload);
  if (previous) {
    const file = { name: "truoc.json", mimeType: "application/json", buffer: Buffer.from(previous) };
    await form.locator("input[name=previous]").setInputFiles(file);
  }
  // A reader's own browser would not send these; somebody else's program would.
  await form.evaluate(
    (form, fields) => {
      for (const [field, value] of Object.entries(fields)) {
        const input = form.elements.namedItem(field);
        if (value === undefined || !input) continue;
        const plain = document.createElement("textarea");
        plain.name = field;
        plain.value = value;
        input.replaceWith(plain);
      }
    },
    { date, level },
  );
  // The page would judge the file itself; here the server's answer is meant.
  await Promise.all([
    page.waitForEvent("load"),
    form.locator("button[data-to-server]").click(),
  ]);
}

for (const language of ["vi", "en"]) {
  test.describe(language, () => {
    test("hostile file names stay text in a report", async ({ page }) => {
      test.setTimeout(120_000);
      for (const payload of groups) {
        // A file name cannot hold a slash or a zero byte: the browser would cut there.
        const name = `${payload.replaceAll("/", "\u2215").replaceAll("\u0000", "")}.yaml`;
        await unharmed(page, () => handIn(page, language, { name, text: "agency: {level: province}\n" }));
        await expect(page.locator("main h1")).toBeVisible();
        page.removeAllListeners("dialog");
      }
    });

    test("hostile values stay text in a report, and in what is saved of it", async ({ page, request }) => {
      test.setTimeout(120_000);
      for (const words of [all, ...groups]) {
        const text = JSON.stringify(submission(words));
        await unharmed(page, () => handIn(page, language, { name: "a.json", text }));
        await expect(page.locator("main")).toContainText("KKT2-");
        page.removeAllListeners("dialog");
        const saved = await request.post(`/api/v1/validate?lang=${language}`, {
          headers: { "content-type": "application/json", accept: "text/html" },
          data: Buffer.from(text),
        });
        const html = await saved.text();
        await page.route("**/saved.html", (route) => route.fulfill({ contentType: "text/html", body: html }));
        await unharmed(page, () => page.goto("/saved.html"));
        await page.unroute("**/saved.html");
        page.removeAllListeners("dialog");
      }
    });

    test("hostile keys and broken files stay text in a report", async ({ page }) => {
      test.setTimeout(120_000);
      const keys = Object.fromEntries(payloads.map((payload) => [payload, { [payload]: payload }]));
      const files = [
        JSON.stringify({ ...keys, applications: [keys, keys] }),
        payloads.map((payload) => `${JSON.stringify(payload)}: ${JSON.stringify(payload)}`).join("\n"),
        ...groups.map((payload) => `a: [${payload}\n ${payload}`),
        ...groups.map((payload) => `${payload}\n`),
      ];
      for (const text of files) {
        await unharmed(page, () => handIn(page, language, { name: "a.yaml", text }));
        page.removeAllListeners("dialog");
      }
    });

    test("an earlier report with hostile words stays text in the comparison", async ({ page, request }) => {
      test.setTimeout(120_000);
      const answer = await request.post("/api/v1/validate", {
        headers: { "content-type": "application/json" },
        data: Buffer.from(JSON.stringify(submission("x"))),
      });
      const report = await answer.json();
      for (const words of [all, payloads[1], payloads[4], payloads[7]]) {
        const hostile = JSON.stringify(report, (key, value) =>
          typeof value === "string" && ["vi", "en", "rule", "file", "record", "pointer", "fingerprint", "version"].includes(key)
            ? words
            : value,
        );
        const text = JSON.stringify(submission("y"));
        await unharmed(page, () => handIn(page, language, { name: "a.json", text, previous: hostile }));
        await expect(page.locator("main h1")).toBeVisible();
        page.removeAllListeners("dialog");
      }
    });

    test("hostile fields stay text on the form that comes back", async ({ page }) => {
      test.setTimeout(120_000);
      for (const payload of [all, ...groups]) {
        for (const fields of [{ date: payload }, { level: payload }]) {
          await unharmed(page, () => handIn(page, language, { name: "a.yaml", text: "a: 1\n", ...fields }));
          await expect(page.locator("#error-summary")).toBeVisible();
          page.removeAllListeners("dialog");
        }
      }
    });

    test("hostile queries and addresses stay text on every page that shows them", async ({ page }) => {
      test.setTimeout(180_000);
      for (const payload of groups) {
        const encoded = encodeURIComponent(payload);
        for (const path of [
          `/${language}/search/?q=${encoded}`,
          `/${language}/search/?q=x&offset=${encoded}&lang=${encoded}`,
          `/${language}/validate/?date=${encoded}&level=${encoded}&text=${encoded}#${encoded}`,
          `/${language}/${encoded}/`,
          `/c/${encoded}`,
          `/api/v1/rules/${encoded}`,
          `/api/v1/search?q=x&limit=${encoded}`,
        ]) {
          await unharmed(page, () => page.goto(path));
          page.removeAllListeners("dialog");
        }
      }
    });
  });
}
