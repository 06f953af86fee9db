// Changes the page in place. What the server sent last is kept beside the page: only what differs
// between two answers of the server is applied, so whatever the site's own scripts and the reader
// have done to the page (open details, typed words, focus, scroll) stays as it is.

const pristine = document.body.cloneNode(true);
// A node as the server sent it → the node in the page.
const live = new WeakMap();

function pair(sent, node) {
  live.set(sent, node);
  let inside = node.firstChild;
  for (let child = sent.firstChild; child && inside; child = child.nextSibling) {
    pair(child, inside);
    inside = inside.nextSibling;
  }
}
pair(pristine, document.body);

const same = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id || "") === (other.id || "");

// How far to look for the continuation of a page after a block that was put in or taken out.
const FURTHEST = 12;

/** Makes the page what `fresh` is; answers with the elements that changed, in order. */
export function update(fresh) {
  const changed = [];
  morph(pristine, fresh, changed);
  return changed;
}

function morph(sent, fresh, changed) {
  if (sent.isEqualNode(fresh)) return;
  const node = live.get(sent);
  if (sent.nodeType !== Node.ELEMENT_NODE) {
    sent.nodeValue = fresh.nodeValue;
    if (node) {
      node.nodeValue = fresh.nodeValue;
      changed.push(node.parentElement);
    }
    return;
  }
  for (const { name } of [...sent.attributes]) {
    if (fresh.hasAttribute(name)) continue;
    sent.removeAttribute(name);
    node?.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (sent.getAttribute(name) === value) continue;
    sent.setAttribute(name, value);
    node?.setAttribute(name, value);
  }
  morphChildren(sent, fresh, node, changed);
}

function morphChildren(sent, fresh, node, changed) {
  let current = sent.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const match = continuation(current, wanted);
    if (!match) {
      insert(sent, node, current, wanted, changed);
      continue;
    }
    while (current !== match) current = take(current, changed);
    morph(match, wanted, changed);
    current = match.nextSibling;
  }
  while (current) current = take(current, changed);
}

// The node that becomes `wanted`: an equal one a few steps ahead, else the one that stands there.
function continuation(current, wanted) {
  let ahead = current;
  for (let step = 0; ahead && step < FURTHEST; step += 1) {
    if (ahead.isEqualNode(wanted)) return ahead;
    ahead = ahead.nextSibling;
  }
  return current && same(current, wanted) ? current : null;
}

function insert(sent, node, before, wanted, changed) {
  const copy = document.importNode(wanted, true);
  const shown = document.importNode(wanted, true);
  const previous = before ? before.previousSibling : sent.lastChild;
  sent.insertBefore(copy, before);
  if (!node) return;
  const after = live.get(previous);
  const place = after?.parentNode === node ? after.nextSibling : previous ? null : node.firstChild;
  node.insertBefore(shown, place);
  pair(copy, shown);
  if (shown.nodeType === Node.ELEMENT_NODE) changed.push(shown);
  else if (shown.nodeValue.trim()) changed.push(node);
}

function take(sent, changed) {
  const next = sent.nextSibling;
  const node = live.get(sent);
  if (node?.parentElement) changed.push(node.parentElement);
  node?.remove();
  sent.remove();
  return next;
}

/** Swaps styles in place; whether scripts differ, which only a reload can follow. */
export function updateHead(head) {
  document.title = head.querySelector("title")?.textContent ?? document.title;
  updateStyles(head);
  const scripts = (from) => [...from.querySelectorAll("script[src]:not([data-preview])")].map((script) => script.getAttribute("src")).join();
  return scripts(document.head) !== scripts(head);
}

const styles = (from) => [...from.querySelectorAll("link[rel=stylesheet]:not([data-preview])")];
const address = (link) => link.getAttribute("href");
// The addresses of all styles that the server has sent; what the site's own scripts have added is theirs.
const sent = new Set(styles(document.head).map(address));
// The newest head, and which of its styles are still on their way.
let newest = document.head;
const coming = new Set();
// After how many milliseconds a style that did not come is asked for again.
const AGAIN = 1000;

function updateStyles(head) {
  newest = head;
  const present = styles(document.head);
  const wanted = styles(head);
  const isWanted = (link) => wanted.some((other) => address(other) === address(link));
  const stale = present.filter((link) => sent.has(address(link)) && !isWanted(link));
  for (const link of wanted) {
    sent.add(address(link));
    if (present.some((other) => address(other) === address(link))) continue;
    const fresh = document.importNode(link, true);
    coming.add(fresh);
    const arrive = (isThere) => {
      coming.delete(fresh);
      if (!isThere) {
        fresh.remove();
        setTimeout(() => updateStyles(newest), AGAIN);
      }
      dropStale();
    };
    fresh.addEventListener("load", () => arrive(true), { once: true });
    fresh.addEventListener("error", () => arrive(false), { once: true });
    (stale[0] ?? document.head.lastElementChild).before(fresh);
  }
  dropStale();
}

// The old styles leave only when all new ones are there: no flash of an unstyled page.
function dropStale() {
  const present = styles(document.head);
  const wanted = new Set(styles(newest).map(address));
  const isComplete = coming.size === 0 && [...wanted].every((href) => present.some((link) => address(link) === href));
  if (!isComplete) return;
  for (const link of present) if (sent.has(address(link)) && !wanted.has(address(link))) link.remove();
}
