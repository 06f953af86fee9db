// The browser's half of the live preview: follows the news, changes the page in place, keeps the
// reader's place, shows problems over the last good page.
(() => {
  "use strict";
  const inFrame = window.parent !== window;
  const lang = document.documentElement.lang === "en" ? "en" : "vi";
  const words = {
    vi: {
      live: "Đang theo dõi", lost: "Mất kết nối, đang thử lại", problems: "vấn đề", none: "Không có vấn đề",
      side: "Song song", single: "Một cột", compare: "So với bản dựng", rules: "Quy tắc dựa vào trang này",
      hint: "Gợi ý", close: "Đóng", open: "Mở tệp", last: "Bên dưới là bản đúng gần nhất.", ms: "ms",
    },
    en: {
      live: "Following", lost: "Connection lost, trying again", problems: "problems", none: "No problems",
      side: "Side by side", single: "One column", compare: "Compare with build", rules: "Rules that rest on this page",
      hint: "Hint", close: "Close", open: "Open the file", last: "Below is the last good page.", ms: "ms",
    },
  }[lang];

  // ---- changing the page in place ------------------------------------------------------------
  const same = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || "") === (b.id || "");

  function morph(from, to) {
    if (from.isEqualNode(to)) return;
    if (from.nodeType !== Node.ELEMENT_NODE) {
      if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
      return;
    }
    for (const { name } of [...from.attributes]) {
      const kept = name === "open" && from.nodeName === "DETAILS";
      if (!to.hasAttribute(name) && !kept) from.removeAttribute(name);
    }
    for (const { name, value } of [...to.attributes]) {
      if (from.getAttribute(name) !== value) from.setAttribute(name, value);
    }
    morphChildren(from, to);
  }

  function morphChildren(from, to) {
    let current = from.firstChild;
    for (const wanted of [...to.childNodes]) {
      while (current && current.dataset?.previewUi !== undefined) current = current.nextSibling;
      let match = current;
      // A block that was put in or taken out: look a few steps ahead for its continuation.
      for (let step = 0; match && !match.isEqualNode(wanted) && step < 8; step += 1) match = match.nextSibling;
      if (!match || !match.isEqualNode(wanted)) match = current && same(current, wanted) ? current : null;
      if (!match) {
        from.insertBefore(document.importNode(wanted, true), current);
        continue;
      }
      while (current && current !== match) {
        const next = current.nextSibling;
        if (current.dataset?.previewUi === undefined) current.remove();
        current = next;
      }
      morph(match, wanted);
      current = match.nextSibling;
    }
    while (current) {
      const next = current.nextSibling;
      if (current.dataset?.previewUi === undefined) current.remove();
      current = next;
    }
  }

  function morphHead(head) {
    document.title = head.querySelector("title")?.textContent ?? document.title;
    const wanted = [...head.querySelectorAll("link[rel=stylesheet]")];
    const present = [...document.head.querySelectorAll("link[rel=stylesheet]")];
    const has = (list, href) => list.some((link) => link.getAttribute("href") === href);
    const stale = present.filter((link) => !has(wanted, link.getAttribute("href")));
    for (const link of wanted) {
      if (has(present, link.getAttribute("href"))) continue;
      const fresh = document.importNode(link, true);
      // The old style leaves only when the new one is there: no flash of an unstyled page.
      fresh.addEventListener("load", () => stale.forEach((old) => old.remove()), { once: true });
      (stale[0] ?? document.head.lastElementChild).before(fresh);
    }
  }

  async function refresh(news) {
    const response = await fetch(location.pathname + location.search, { cache: "no-store" });
    if (response.ok) {
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      morphHead(page.head);
      if (news.change !== "styles") morphChildren(document.body, page.body);
      if (news.address === location.pathname && news.anchor) show(news.anchor);
    }
    await problems();
  }

  function show(anchor) {
    const element = document.getElementById(anchor);
    if (!element) return;
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom < 0 || top > window.innerHeight) element.scrollIntoView({ block: "center" });
    element.classList.add("preview-edited");
    setTimeout(() => element.classList.remove("preview-edited"), 1500);
  }

  // ---- the bar -------------------------------------------------------------------------------
  const bar = document.createElement("aside");
  bar.dataset.previewUi = "";
  bar.className = "preview-bar";
  bar.setAttribute("aria-label", "khung preview");
  bar.innerHTML =
    '<span class="preview-dot"></span><span role="status"></span><span class="preview-ms"></span>' +
    '<a data-language></a><button type="button" data-side></button><button type="button" data-compare></button>' +
    '<button type="button" data-problems aria-expanded="false"></button><button type="button" data-rules aria-expanded="false"></button>';
  const status = bar.querySelector("[role=status]");
  const panel = document.createElement("section");
  panel.dataset.previewUi = "";
  panel.className = "preview-panel";
  panel.hidden = true;
  const overlay = document.createElement("section");
  overlay.dataset.previewUi = "";
  overlay.className = "preview-overlay";
  overlay.setAttribute("role", "alertdialog");
  overlay.hidden = true;
  let known = { problems: [], page: {} };
  let dismissed = "";

  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  function described(problem) {
    const item = element("article", "", { class: `preview-${problem.level}` });
    item.append(element("a", problem.place, { href: problem.open, title: words.open }), element("p", problem.message[lang]));
    if (problem.excerpt) {
      const source = element("pre");
      source.append(element("span", `${problem.line} `, { class: "preview-line" }));
      const before = [...problem.excerpt.line].slice(0, problem.column - 1).join("");
      const meant = [...problem.excerpt.line].slice(problem.column - 1, problem.column - 1 + problem.excerpt.width).join("");
      const after = [...problem.excerpt.line].slice(problem.column - 1 + problem.excerpt.width).join("");
      source.append(before, element("mark", meant || " "), after);
      item.append(source);
    }
    if (problem.hint) item.append(element("p", `${words.hint}: ${problem.hint[lang]}`));
    return item;
  }

  async function problems() {
    const answer = await fetch(`/_preview/state?address=${encodeURIComponent(location.pathname)}`, { cache: "no-store" });
    known = await answer.json();
    const count = known.problems.length;
    bar.querySelector("[data-problems]").textContent = count ? `${count} ${words.problems}` : words.none;
    const rules = new Set((known.page.rules ?? []).flatMap((entry) => entry.rules));
    const button = bar.querySelector("[data-rules]");
    button.hidden = rules.size === 0;
    button.textContent = `${words.rules}: ${rules.size}`;
    if (!panel.hidden) fill(panel.dataset.shows);
    const errors = known.problems.filter((problem) => problem.level === "error");
    const key = JSON.stringify(errors.map((problem) => [problem.place, problem.message.vi]));
    overlay.hidden = errors.length === 0 || key === dismissed || inFrame;
    if (!overlay.hidden) {
      overlay.replaceChildren(element("p", words.last), ...errors.slice(0, 20).map(described));
      const close = element("button", words.close, { type: "button" });
      close.addEventListener("click", () => { dismissed = key; overlay.hidden = true; });
      overlay.append(close);
    }
    if (errors.length === 0) dismissed = "";
  }

  function fill(shows) {
    panel.dataset.shows = shows;
    if (shows === "problems") {
      panel.replaceChildren(...(known.problems.length ? known.problems.slice(0, 200).map(described) : [element("p", words.none)]));
      return;
    }
    const list = element("ul");
    for (const entry of known.page.rules ?? []) {
      const item = element("li");
      item.append(element("a", entry.clause, { href: `#${entry.anchor}` }), ": ");
      for (const id of entry.rules) item.append(element("a", id, { href: `/${lang}/rules/${id.toLowerCase()}/` }), " ");
      list.append(item);
    }
    panel.replaceChildren(list);
  }

  function toggle(button, shows) {
    const open = panel.hidden || panel.dataset.shows !== shows;
    panel.hidden = !open;
    for (const other of bar.querySelectorAll("[aria-expanded]")) other.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-expanded", String(open));
    if (open) fill(shows);
  }

  // ---- side by side: the other language, or the last build -----------------------------------
  let frame = null;
  function beside(address) {
    if (frame) { frame.remove(); frame = null; document.body.classList.remove("preview-half"); return; }
    frame = element("iframe", "", { src: address, class: "preview-frame", title: address, "data-preview-ui": "" });
    document.documentElement.append(frame);
    document.body.classList.add("preview-half");
    frame.addEventListener("load", () => addEventListener("scroll", follow, { passive: true }));
  }
  // By paragraph, not by percentage: pages of two languages differ in length.
  function follow() {
    const inner = frame?.contentDocument;
    if (!inner) return;
    const anchored = [...document.querySelectorAll("main [id]")];
    const first = anchored.find((part) => part.getBoundingClientRect().bottom > 0);
    const twin = first && inner.getElementById(first.id);
    if (twin) frame.contentWindow.scrollTo(0, twin.offsetTop - first.getBoundingClientRect().top);
  }

  function start() {
    const other = lang === "vi" ? "en" : "vi";
    const tail = location.pathname.slice(3);
    if (!inFrame) {
      document.body.append(panel, bar, overlay);
      const link = bar.querySelector("[data-language]");
      link.textContent = other.toUpperCase();
      link.href = `/${other}${tail}${location.hash}`;
      const side = bar.querySelector("[data-side]");
      side.textContent = words.side;
      side.addEventListener("click", () => beside(`/${other}${tail}`));
      const compare = bar.querySelector("[data-compare]");
      compare.textContent = words.compare;
      compare.addEventListener("click", () => beside(`/_preview/built${location.pathname}`));
      for (const shows of ["problems", "rules"]) {
        const button = bar.querySelector(`[data-${shows}]`);
        button.addEventListener("click", () => toggle(button, shows));
      }
    }
    let version = 0;
    const news = new EventSource("/_preview/events");
    news.addEventListener("message", async (event) => {
      const told = JSON.parse(event.data);
      status.textContent = words.live;
      bar.dataset.state = "live";
      if (told.change === "hello") {
        // After a restart the version differs: look afresh.
        if (version && told.version !== version) await refresh(told);
        else await problems();
      } else if (told.change === "faults") {
        await problems();
      } else {
        if (told.milliseconds) bar.querySelector(".preview-ms").textContent = `${told.milliseconds} ${words.ms}`;
        await refresh(told);
      }
      version = told.version ?? version;
    });
    news.addEventListener("error", () => { status.textContent = words.lost; bar.dataset.state = "lost"; });
  }
  start();
})();
