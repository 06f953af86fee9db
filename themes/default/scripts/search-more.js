// What the search panel does beside answering: where arrow keys lead, what was opened lately, and the address of
// the results page. It comes after the first answer, which waits for none of it.

import words from "khung:words/search_more";

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

/** Attaches itself to a panel (or the results page, `page`): `move` follows an arrow key and says where to, `recent` shows what was opened lately. */
export const attach = ({ form, field, panel, page, list, link, say, make, run }) => {
  list.addEventListener("click", (event) => {
    const hit = event.target.closest("a")?.hit;
    if (hit) remember(hit);
  });
  // On the results page an answer needs no other page; until now Enter led to this one anew.
  if (page) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const address = new URL(location.href);
      address.searchParams.set("q", field.value);
      history.replaceState(null, "", address);
      run();
    });
  }
  return {
    move: (step) => {
      const links = [...panel.querySelectorAll("h3 a, .hits > li > a")];
      const to = links.indexOf(document.activeElement) + step;
      const next = to < 0 ? field : links[Math.min(to, links.length - 1)];
      next?.focus();
      return next;
    },
    recent: () => {
      const items = jumps().map((jump) => make("li", {}, link(jump)));
      if (!items.length) return;
      say(words.recent);
      list.replaceChildren(...items);
      panel.hidden = false;
    },
  };
};
