// The side panel: problems, what an edit affects, how far the page is translated, rules tried out.
import { lang, make, words } from "./words.js";

const sign = (level) => make("span", { class: `preview-sign ${level}`, role: "img", "aria-label": words[level] ?? level });
const list = (items, made) => make("ul", { class: "preview-list" }, ...items.map(made));
const rule = (id) => make("a", { href: `/${lang}/rules/${id.toLowerCase()}/` }, id);
const commas = (links) => links.flatMap((link, at) => (at ? [", ", link] : [link]));

function problem(entry) {
  return make(
    "li", { class: `preview-${entry.level}` }, sign(entry.level), make("p", {}, entry.message[lang]),
    make("a", { href: entry.open, class: "preview-code", title: words.openLine }, entry.place),
    entry.page && entry.page !== location.pathname && make("a", { href: entry.page }, words.goto),
    entry.hint && make("p", { class: "preview-muted" }, entry.hint[lang]),
  );
}

function problems(state) {
  const shown = state.problems.slice(0, 200);
  return [
    make("h2", {}, `${words.heading} (${state.problems.length})`),
    shown.length ? list(shown, problem) : make("p", { class: "preview-muted" }, words.none),
  ];
}

function affected(state, edited) {
  const clauses = state.page.rules ?? [];
  if (!clauses.length) return [];
  const here = edited && clauses.filter((entry) => entry.anchor === edited || entry.anchor.startsWith(`${edited}-`));
  const ids = [...new Set((here?.length ? here : clauses).flatMap((entry) => entry.rules))];
  const links = commas(ids.slice(0, 40).map(rule));
  if (here?.length) return [make("h2", {}, words.affects), make("p", {}, `${ids.length} ${words.quoting}: `, ...links)];
  return [make("h2", {}, `${words.page} (${ids.length})`), make("p", {}, ...links)];
}

function translation({ page }) {
  if (!page.files) return [];
  const heading = make("h2", {}, words.translation);
  const figures = page.translation;
  if (!figures) return [heading, make("p", { class: "preview-muted" }, words.oneLanguage)];
  const row = (name, value) => [make("dt", {}, name), make("dd", {}, String(value))];
  const done = figures.total - figures.missing;
  const rows = make(
    "dl", {}, ...row(words.translated, `${done} / ${figures.total}`), ...row(words.stale, figures.stale), ...row(words.missing, figures.missing),
  );
  const wanting = list(figures.wanting.slice(0, 100), (entry) =>
    make(
      "li", { class: "preview-warning" }, sign("warning"), make("p", {}, entry.message?.[lang] ?? `${words.missingHere} (${entry.key})`),
      make("a", { href: entry.open ?? `#${entry.place?.anchor ?? ""}`, class: "preview-code" }, entry.key),
    ));
  return [heading, rows, wanting];
}

function tried({ rules, samples }) {
  if (!rules.length) return [];
  const examples = list(rules, (entry) =>
    make(
      "li", { class: entry.failed.length ? "preview-error" : "preview-ok" }, sign(entry.failed.length ? "error" : "ok"),
      make("p", {}, rule(entry.id), ` ${entry.title[lang]}: ${entry.examples - entry.failed.length}/${entry.examples} ${words.examples}`),
      ...entry.failed.map((example) => make("p", { class: "preview-muted" }, `${words.example} “${example.note[lang]}”: ${example.fault[lang]}`)),
    ));
  const line = (finding) =>
    make("li", {}, `${finding.rule}${finding.line ? ` (${words.line} ${finding.line})` : ""}: ${finding.message[lang]}`);
  const group = (name, findings) => findings.length > 0 && make("details", { open: true }, make("summary", {}, `${findings.length} ${name}`), list(findings, line));
  const effects = list(samples, (sample) =>
    make(
      "li", {}, make("p", {}, make("b", {}, sample.file), ` ${sample.open} ${words.open}`, sample.new.length + sample.mended.length ? "" : `, ${words.unchanged}`),
      group(words.fresh, sample.new), group(words.gone, sample.mended),
    ));
  return [make("h2", {}, words.trial), examples, samples.length > 0 && make("h3", {}, words.samples), samples.length > 0 && effects];
}

/** Fills the panel from the server's state. */
export function fill(panel, state, edited) {
  const parts = [...tried(state.tried), ...problems(state), ...affected(state, edited), ...translation(state)];
  panel.replaceChildren(...parts.filter(Boolean));
}

/** The overlay over the last good page: what is wrong, where, why, and what to do. */
export function overlay(errors, hide) {
  const first = errors[0];
  const at = words.at.replace("{line}", first.line).replace("{column}", first.column);
  const close = make("button", { type: "button" }, words.hide);
  close.addEventListener("click", hide);
  return [
    make("h2", { id: "preview-error" }, sign("error"), words.errorTitle),
    make("p", { class: "preview-muted" }, words.errorNote),
    make("h3", {}, first.message[lang]),
    make("p", {}, make("code", {}, first.place.replace(/:\d+:\d+$/, "")), first.excerpt && `, ${at}`),
    first.excerpt && source(first),
    first.hint && make("h3", {}, words.fix),
    first.hint && make("p", {}, first.hint[lang]),
    make("p", { class: "preview-buttons" }, make("a", { href: first.open }, words.openLine), close, errors.length > 1 && ` + ${errors.length - 1} ${words.more}`),
  ].filter(Boolean);
}

function source(error) {
  const lines = error.around.length ? error.around : [{ number: error.line, line: error.excerpt.line }];
  const shown = lines.map(({ number, line }) => {
    const row = make("span", { class: number === error.line ? "preview-hit" : "preview-row", "data-number": number });
    if (number !== error.line) return row.append(line), row;
    const letters = [...line];
    const start = error.column - 1;
    const end = start + error.excerpt.width;
    row.append(letters.slice(0, start).join(""), make("mark", {}, letters.slice(start, end).join("") || " "), letters.slice(end).join(""));
    return row;
  });
  return make("pre", { tabindex: 0 }, make("code", {}, ...shown));
}
