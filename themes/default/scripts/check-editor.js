// The text of a submission with marks beside it and what was found below it. The field stays the
// plain text field it is: undo, spelling, screen readers and keyboards work as everywhere.

/** So many points are listed below the text. */
const LISTED = 50;

/** An element with attributes and children; text is only ever text. */
export const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
};

/** The text field with line numbers and marks beside it, and the list of what was found below. */
export class Editor {
  constructor(field, words) {
    this.field = field;
    this.words = words;
    this.numbers = make("div", { class: "ed-numbers", "aria-hidden": "true" });
    this.marks = make("div", { class: "ed-marks", "aria-hidden": "true" });
    this.status = make("p", { class: "ed-status" });
    this.list = make("ol", { class: "ed-list", "aria-label": words.results, hidden: true });
    const area = make("div", { class: "ed-area" });
    const frame = make("div", { class: "ed" }, this.status, area);
    const focused = document.activeElement === field;
    const { selectionStart, selectionEnd } = field;
    field.before(frame);
    area.append(this.numbers, this.marks, field);
    frame.after(this.list);
    field.wrap = "off";
    if (focused) {
      field.focus();
      field.setSelectionRange(selectionStart, selectionEnd);
    }
    field.addEventListener("scroll", () => this.scrolled());
    this.count();
  }

  scrolled() {
    const { scrollLeft, scrollTop } = this.field;
    this.numbers.style.setProperty("--top", `${-scrollTop}px`);
    this.marks.style.setProperty("--top", `${-scrollTop}px`);
    this.marks.style.setProperty("--left", `${-scrollLeft}px`);
  }

  /** Line numbers for as many lines as there are. */
  count() {
    const lines = this.field.value.split("\n").length;
    if (lines === this.lines) return;
    this.lines = lines;
    this.numbers.replaceChildren(make("div", {}, Array.from({ length: lines }, (_, line) => line + 1).join("\n")));
  }

  clear(status) {
    this.status.textContent = status;
    this.marks.replaceChildren();
    this.list.replaceChildren();
    this.list.hidden = true;
  }

  /** Shows what was found in the text as it stands. */
  show(summary, mend) {
    const lines = this.field.value.split("\n");
    this.status.replaceChildren(make("b", {}, summary.heading), ` · ${summary.sentence}`);
    const placed = summary.marks.filter((mark) => mark.line);
    this.marks.replaceChildren(make("div", {}, ...placed.map((mark) => this.row(mark, lines))));
    const shown = summary.marks.slice(0, LISTED).map((mark) => this.item(mark, lines, mend));
    const rest = summary.marks.length - shown.length;
    if (rest > 0) shown.push(make("li", {}, this.words.more.replace("{n}", rest)));
    // The list is new; whoever stood in it stays where they stood.
    const buttons = () => [...this.list.querySelectorAll("button, a")];
    const focused = buttons().indexOf(document.activeElement);
    this.list.replaceChildren(...shown);
    this.list.hidden = shown.length === 0;
    if (focused >= 0) (buttons()[focused] ?? this.field).focus();
    this.scrolled();
  }

  /** A line cut at its mark; columns count characters as people do, not UTF-16 units. */
  cut(mark, lines) {
    const letters = [...(lines[mark.line - 1] ?? "")];
    const indent = letters.findIndex((letter) => letter.trim()) + 1 || 1;
    const from = Math.max(mark.column ?? indent, 1) - 1;
    const to = mark.end_line === mark.line ? Math.max(mark.end_column - 1, from + 1) : letters.length;
    return [letters.slice(0, from), letters.slice(from, to), letters.slice(to)].map((part) => part.join(""));
  }

  row(mark, lines) {
    const [before, inside] = this.cut(mark, lines);
    const row = make("div", { class: `row ${mark.severity}` }, before, make("mark", {}, inside || " "));
    row.style.setProperty("--line", mark.line - 1);
    return row;
  }

  item(mark, lines, mend) {
    const sign = document.querySelector(`[data-sign=${mark.severity}]`).content.cloneNode(true);
    const place = mark.line ? this.words.line.replace("{n}", mark.line) : mark.place;
    const at = mark.line ? make("button", { type: "button", class: "link" }, place) : make("span", {}, place ?? "");
    at.addEventListener("click", () => this.go(mark, lines));
    const item = make("li", { class: mark.severity }, make("p", { class: "at" }, sign, " ", at));
    if (mark.line) {
      const [before, inside, after] = this.cut(mark, lines);
      const long = (text, end) => (text.length > 80 ? (end ? `${text.slice(0, 80)}…` : `…${text.slice(-80)}`) : text);
      item.append(make("code", { class: "src" }, long(before.trimStart()), make("mark", {}, long(inside, true)), long(after, true)));
    }
    const language = document.documentElement.lang;
    const page = mark.page && !("alone" in this.field.form.dataset);
    const rule = page ? make("a", { href: `/${language}${mark.page}` }, mark.rule) : make("code", {}, mark.rule);
    const words = make("p", {}, make("b", {}, mark.title), " ", mark.message, " ", rule);
    if (mark.mendable) {
      const button = make("button", { type: "button", class: "btn sm", "aria-label": this.words.mend_at.replace("{n}", mark.line) }, this.words.mend);
      button.addEventListener("click", () => mend(mark));
      words.append(" ", button);
    }
    item.append(words);
    return item;
  }

  /** To the place in the text, selected. */
  go(mark, lines) {
    const start = lines.slice(0, mark.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
    const [before, inside] = this.cut(mark, lines);
    this.field.focus();
    this.field.setSelectionRange(start + before.length, start + before.length + inside.length);
    const height = parseFloat(getComputedStyle(this.field).lineHeight);
    this.field.scrollTop = Math.max(0, (mark.line - 4) * height);
    this.field.scrollLeft = 0;
  }

  /** Replaces what differs, so that undo brings it back and the rest does not move. */
  write(text) {
    const old = this.field.value;
    let from = 0;
    while (from < old.length && from < text.length && old[from] === text[from]) from++;
    let same = 0;
    while (same < old.length - from && same < text.length - from && old.at(-1 - same) === text.at(-1 - same)) same++;
    const piece = text.slice(from, text.length - same);
    const top = this.field.scrollTop;
    this.field.focus();
    this.field.setSelectionRange(from, old.length - same);
    const done = piece ? document.execCommand("insertText", false, piece) : document.execCommand("delete");
    if (!done || this.field.value !== text) {
      this.field.value = text;
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.field.scrollTop = top;
  }
}
