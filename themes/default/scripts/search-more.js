// What the search panel does beside answering: where arrow keys lead, and what was opened lately. It comes after
// the first answer, which waits for none of it.

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

/** Attaches itself to a panel: `move` follows an arrow key, `recent` shows what was opened lately. */
export const attach = ({ field, panel, list, link, say, make }) => {
  list.addEventListener("click", (event) => {
    const hit = event.target.closest("a")?.hit;
    if (hit) remember(hit);
  });
  return {
    move: (step) => {
      const links = [...panel.querySelectorAll("h3 a, .hits > li > a")];
      const to = links.indexOf(document.activeElement) + step;
      if (to < 0) field.focus();
      else links[Math.min(to, links.length - 1)]?.focus();
    },
    recent: () => {
      const items = jumps().map((jump) => make("li", {}, link(jump)));
      if (!items.length) return;
      say(WORDS[document.documentElement.lang] ?? WORDS.vi);
      list.replaceChildren(...items);
      panel.hidden = false;
    },
  };
};
