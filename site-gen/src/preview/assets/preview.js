// The browser's half of the live preview: follows the news, changes the page in place, keeps the
// reader's place, shows problems over the last good page.
import { update, updateHead } from "./morph.js";
import { follow } from "./news.js";
import { fill, overlay as overlayParts } from "./panel.js";
import { lang, make, words } from "./words.js";

// Whether this page stands beside another in a frame of ours, which is told the news by that page. One that an
// editor shows in a frame of the editor's own is a page like any other.
const inFrame = window.frameElement?.classList.contains("preview-frame") ?? false;
const other = lang === "vi" ? "en" : "vi";
const tail = location.pathname.slice(3);
const ui = { "data-preview-ui": "" };

// ---- the bar, the panel, the overlay -----------------------------------------------------------
const name = make("code");
const dot = make("span", { class: "preview-dot" });
const status = make("span", { role: "status" });
const language = (tag) => make("a", { href: `/${tag}${tail}`, hreflang: tag, "aria-current": tag === lang && "page" }, tag.toUpperCase());
const button = (words) => make("button", { type: "button", "aria-pressed": "false" }, words);
const side = button(words.side);
const compare = button(words.compare);
const panelButton = make("button", { type: "button", "aria-expanded": "false", "aria-controls": "preview-panel" }, words.panel);
const views = make("span", { role: "group", "aria-label": words.view, class: "preview-views" }, language("vi"), language("en"), side, compare);
const bar = make("header", { ...ui, class: "preview-bar", "aria-label": words.title }, make("b", {}, words.title), name, dot, status, views, panelButton);
const panel = make("aside", { ...ui, id: "preview-panel", class: "preview-panel", "aria-label": words.panel, tabindex: -1, hidden: true });
const overlay = make("div", { ...ui, class: "preview-overlay", role: "alertdialog", "aria-labelledby": "preview-error", tabindex: -1, hidden: true });

let state = { problems: [], page: {}, tried: { rules: [], samples: [] } };
/** The preview does not answer now; it is asked again. */
class Unanswered extends Error {}

// The moment a page shows, as the server wrote it into the page: nothing that is only heard moves it, for
// a tab may hear its first news long after it was opened, and that news may be of something else.
function moment(page) {
  const own = page.querySelector("script[data-preview]");
  // A page of somebody else's: a proxy's, which nobody answers behind.
  if (!own) throw new Unanswered(location.pathname);
  const [version, instance] = own.dataset.preview.split(" ").map(Number);
  return { version, instance };
}
let shown = moment(document);
const isShown = ({ version, instance }) => version === shown.version && instance === shown.instance;
let edited = "";
let updated = "";
let hidden = "";

const blocking = () => {
  const here = [`/vi${tail}`, `/en${tail}`];
  return state.problems.filter((problem) => problem.level === "error" && (!problem.page || here.includes(problem.page)));
};

function showStatus(lost = false) {
  const errors = state.problems.some((problem) => problem.level === "error");
  bar.dataset.state = lost ? "lost" : errors ? "error" : "live";
  const { length } = state.problems;
  const count = length === 0 ? words.none : length === 1 ? words.one : `${length} ${words.problems}`;
  const what = blocking().length ? `${words.failed} · ${words.shown}` : updated || words.following;
  status.textContent = lost ? words.lost : [what, count, state.polling && words.polling].filter(Boolean).join(" · ");
  name.textContent = state.page.name ?? location.pathname;
}

function showOverlay() {
  const errors = blocking();
  const key = JSON.stringify(errors.map((error) => [error.place, error.message.vi]));
  if (errors.length === 0) hidden = "";
  const was = overlay.hidden;
  overlay.hidden = errors.length === 0 || key === hidden;
  if (overlay.hidden) return;
  const hide = () => { hidden = key; overlay.hidden = true; };
  overlay.replaceChildren(...overlayParts(errors, hide));
  overlay.onkeydown = (event) => event.key === "Escape" && hide();
  if (was) overlay.focus({ preventScroll: true });
}

// ---- paragraphs --------------------------------------------------------------------------------
// The block so many further on than an anchor; the items of a list are blocks of their own.
function block(place) {
  const { anchor, further } = place ?? {};
  const start = document.getElementById(anchor);
  if (!start || !further) return start;
  const blocks = [...start.parentElement.children].flatMap((part) => (["UL", "OL"].includes(part.nodeName) ? [...part.children] : part));
  return blocks.slice(blocks.indexOf(start)).filter((part) => part.dataset.previewUi === undefined)[further] ?? start;
}

function markParagraphs() {
  document.querySelectorAll(".preview-stale").forEach((part) => part.classList.remove("preview-stale"));
  document.querySelectorAll(".preview-note").forEach((note) => note.remove());
  for (const entry of state.page.translation?.wanting ?? []) {
    const note = (text) => make("span", { ...ui, class: "preview-note" }, text);
    if (entry.state === "stale" && lang === "en") {
      const part = block(entry.place);
      part?.classList.add("preview-stale");
      part?.prepend(note(words.staleNote));
    } else if (entry.state === "missing" && lang === "vi") {
      block(entry.place)?.append(note(words.missingHere));
    } else if (entry.state === "missing" && entry.after) {
      block(entry.after)?.after(note(words.missingNote));
    }
  }
}

function reveal(changed, anchor) {
  const main = document.querySelector("main");
  const parts = changed.filter((part) => part?.isConnected && main?.contains(part) && !part.matches("main, article, .wrap, .prose"));
  // Two edits may be met at once: each is the first at its anchor or after it.
  const start = document.getElementById(anchor);
  const isFurther = (part) => part === start || start?.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING;
  const part = parts.find(isFurther) ?? parts[0];
  const inside = part?.matches("ul, ol, dl, table, thead, tbody, div") ? part.querySelector("li, dt, tr, p") ?? part : part;
  const element = inside?.closest("p, li, h1, h2, h3, h4, h5, h6, tr, pre, blockquote, figure, dt, dd") ?? inside ?? start;
  if (!element) return;
  const { top, bottom } = element.getBoundingClientRect();
  if (bottom < bar.offsetHeight || top > window.innerHeight) element.scrollIntoView({ block: "center" });
  document.querySelectorAll(".preview-edited").forEach((other) => other.classList.remove("preview-edited"));
  element.classList.add("preview-edited");
}

// ---- following ---------------------------------------------------------------------------------
// Whoever does not answer for so long is taken for gone.
const PATIENCE = 30_000;

async function ask(address) {
  try {
    const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return { status: answer.status, type: answer.headers.get("content-type") ?? "", text: await answer.text() };
  } catch (cause) {
    throw new Unanswered(address, { cause });
  }
}

async function look() {
  const answer = await ask(`/_preview/state?address=${encodeURIComponent(location.pathname)}`);
  if (!answer.type.startsWith("application/json")) throw new Unanswered(location.pathname);
  state = JSON.parse(answer.text);
  markParagraphs();
  if (inFrame) return;
  fill(panel, state, edited);
  showOverlay();
  showStatus();
}

// What changed on the page last, and from which version to which: a page is often newer than the news that it is
// fetched for, and the news of an edit then finds it there already.
let taken = { parts: [], from: 0, to: 0 };

// Takes a page of the server's over; whether it can be done in place.
function takeOver(page) {
  const [before, newest] = [shown, moment(page)];
  if (updateHead(page.head)) return false;
  try {
    const parts = update(page.body);
    if (parts.length) taken = { parts, from: before.version, to: newest.version };
  } catch {
    // A name of an attribute, say, that the parser lets pass and a script may not write.
    return false;
  }
  return true;
}

async function refresh(news) {
  const answer = await ask(location.pathname + location.search);
  if (answer.type.startsWith("text/html")) {
    const page = new DOMParser().parseFromString(answer.text, "text/html");
    // What cannot be made now takes no good page's place; what is wrong with it is told over it.
    if (answer.status < 500 && !takeOver(page)) return location.reload();
    shown = moment(page);
    const isHere = news.address === location.pathname;
    if (isHere) edited = news.anchor ?? "";
    if (isHere && taken.from < news.version && news.version <= taken.to) reveal(taken.parts, news.anchor);
    if (news.milliseconds !== undefined) {
      updated = `${words.built} ${new Date().toLocaleTimeString("vi-VN")} · ${news.milliseconds} ${words.ms}`;
      if (news.address && !isHere) updated += ` · ${words.edited} ${news.address}`;
    }
  }
  await look();
}

// A greeting, or news of problems, may be the first that this page hears of a change it does not show;
// and what was saved while its scripts were on their way was told to nobody here.
async function catchUp() {
  await look();
  if (!isShown(state)) await refresh({});
}

// Changes are taken in one after the other: two answers of the server must not overtake each other.
// What was not answered is asked for again; no news may come of it any more.
const AGAIN = 1000;
let queue = Promise.resolve();
let again;
function inTurn(step) {
  clearTimeout(again);
  queue = queue.then(step).catch((fault) => {
    showStatus(true);
    if (!(fault instanceof Unanswered)) return console.error(fault);
    clearTimeout(again);
    again = setTimeout(inTurn, AGAIN, catchUp);
  });
}

function told(news) {
  // A frame that was opened while nobody answered shows the browser's own page, which hears nothing. One in which
  // the reader went on to another site cannot be looked into either, and is left alone.
  if (frame && !frame.contentDocument && !hasArrived) frame.src = frame.getAttribute("src");
  frame?.contentWindow?.postMessage({ previewNews: news }, location.origin);
  const isOfPages = news.change !== "hello" && news.change !== "faults";
  inTurn(isOfPages ? () => refresh(news) : catchUp);
}

// ---- side by side: the other language, or the last build ---------------------------------------
let frame = null;
let pressed = null;
// Whether the frame has shown a page of ours.
let hasArrived = false;
function beside(pressing, address) {
  const isOpen = pressed === pressing;
  frame?.remove();
  frame = null;
  hasArrived = false;
  pressed?.setAttribute("aria-pressed", "false");
  pressed = isOpen ? null : pressing;
  document.documentElement.classList.toggle("preview-half", !isOpen);
  document.querySelectorAll(".preview-differs").forEach((part) => part.classList.remove("preview-differs"));
  if (isOpen) return;
  pressing.setAttribute("aria-pressed", "true");
  frame = make("iframe", { ...ui, src: address, class: "preview-frame", title: `${pressing.textContent}: ${address}` });
  document.body.append(frame);
  frame.addEventListener("load", ({ target }) => { hasArrived ||= target.contentDocument !== null; if (pressing === compare) differences(); alignFrame(); });
}

// By paragraph, not by percentage: pages of two languages differ in length.
function alignFrame() {
  const inner = frame?.contentDocument;
  if (!inner) return;
  const anchored = [...document.querySelectorAll("main [id]")];
  const first = anchored.find((part) => part.getBoundingClientRect().bottom > bar.offsetHeight);
  const twin = first && inner.getElementById(first.id);
  if (twin) frame.contentWindow.scrollBy(0, twin.getBoundingClientRect().top - first.getBoundingClientRect().top + bar.offsetHeight);
}

// Marks what the last build does not have, and in the build what is no more.
function differences() {
  const inner = frame?.contentDocument;
  const parts = (from) => [...(from.querySelector("main")?.querySelectorAll("p, li, h1, h2, h3, h4, td, th, pre, dt, dd") ?? [])];
  // The preview's own notes stand in the page and are no part of it.
  const words = (part) => {
    const bare = part.cloneNode(true);
    bare.querySelectorAll("[data-preview-ui]").forEach((note) => note.remove());
    return bare.textContent.replace(/\s+/g, " ").trim();
  };
  if (!inner?.querySelector("main")) return;
  const style = inner.createElement("style");
  style.textContent = ".preview-differs{background:#fde3e0;color:#18222e}";
  inner.head.append(style);
  const [ours, theirs] = [parts(document), parts(inner)];
  for (const [here, there] of [[ours, theirs], [theirs, ours]]) {
    const others = new Set(there.map(words));
    for (const part of here) part.classList.toggle("preview-differs", !others.has(words(part)));
  }
}

// Some browsers remember nothing for a page that stands in a frame of somebody else's.
function memory(use) {
  try { return use(); } catch { return null; }
}

function start() {
  if (inFrame) {
    addEventListener("message", ({ origin, data }) => { if (origin === location.origin && data.previewNews) told(data.previewNews); });
    inTurn(catchUp);
    return;
  }
  document.body.prepend(bar);
  document.body.append(panel, overlay);
  side.addEventListener("click", () => beside(side, `/${other}${tail}`));
  compare.addEventListener("click", () => beside(compare, `/_preview/built${location.pathname}`));
  const openPanel = (open) => {
    panel.hidden = !open;
    panelButton.setAttribute("aria-expanded", String(open));
    document.documentElement.classList.toggle("preview-open", open);
    memory(() => sessionStorage.setItem("khung-preview-panel", open ? "open" : ""));
  };
  panelButton.addEventListener("click", () => openPanel(panel.hidden));
  openPanel(memory(() => sessionStorage.getItem("khung-preview-panel")) === "open");
  addEventListener("scroll", alignFrame, { passive: true });
  follow(told, () => showStatus(true));
  inTurn(catchUp);
  // Back from the browser's memory of pages: what was told in between was not heard.
  addEventListener("pageshow", ({ persisted }) => persisted && inTurn(catchUp));
}
start();
