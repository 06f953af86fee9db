// What the search panel does beside answering: arrow keys, and what was opened lately. It comes after the first
// answer, which waits for none of it.

const WORDS = { vi: "Mở gần đây", en: "Recently opened" };

const RECENT = "khung.recent";
const jumps = () => {
  try {
    return JSON.parse(localStorage.getItem(RECENT)) ?? [];
  } catch {
    return [];
  }
};
const remember = ({ url, code, title }) => {
  if (!code) return;
  const others = jumps().filter((jump) => jump.url !== url);
  try {
    localStorage.setItem(RECENT, JSON.stringify([{ url, code, title }, ...others].slice(0, 6)));
  } catch {
    // The list then stays as it is.
  }
};

/** Attaches itself to a panel (or the results page, `page`) of a form; `recent` shows what was opened lately. */
export const attach = ({ form, field, panel, page, list, link, say, make }) => {
  list.addEventListener("click", (event) => {
    const hit = event.target.closest("a")?.hit;
    if (hit) remember(hit);
  });
  const keys = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.tagName === "SELECT") return;
    const links = [...panel.querySelectorAll("h3 a, .hits > li > a")];
    const here = links.indexOf(document.activeElement);
    if (here < 0 && event.target !== field) return;
    event.preventDefault();
    if (here + step < 0) field.focus();
    else links[Math.min(here + step, links.length - 1)]?.focus();
  };
  form.addEventListener("keydown", keys);
  if (page) panel.addEventListener("keydown", keys);
  return {
    recent: () => {
      const items = jumps().map((jump) => make("li", {}, link(jump)));
      if (!items.length) return;
      say(WORDS[document.documentElement.lang] ?? WORDS.vi);
      list.replaceChildren(...items);
      panel.hidden = false;
    },
  };
};
