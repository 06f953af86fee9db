// The check in the reader's own browser: takes the file or the text, has it judged by the compiled
// checker in a worker, and shows the answer. Everything about rules, places and words of a report is
// decided in the checker, the same one the server and the program on the desk run.

import words from "khung:words/check_panel";

/** What a server takes as well. */
const LARGEST = 10 * 1024 * 1024;
/** More characters than this are not edited in a field. */
const EDITABLE = 1_000_000;
/** Makes an element: the editor's way, which is there before anything is shown. */
let make;

/** The page: where the submission comes from, what is said about it, and the report. */
class Desk {
  constructor(form, { Checker }, { Editor }) {
    this.form = form;
    this.checker = new Checker(form.dataset);
    this.editor = new Editor(form.elements.text, words);
    this.told = form.querySelector("[data-told]");
    this.fileResult = form.querySelector("[data-file-result]");
    this.uploadPage = document.querySelector("[data-upload-page]");
    this.reportPage = document.querySelector("[data-report-page]");
    this.title = document.title;
    this.revision = 0;
    this.textRevision = 0;
    this.pace = 400;
    // The file that stands alone holds its styles, and there are no pages to link to.
    this.alone = "alone" in form.dataset;
    if (!this.alone) document.head.append(make("link", { rel: "stylesheet", href: form.dataset.reportStyle }));
    for (const name of ["level", "date", "previous"]) {
      form.elements[name].addEventListener("change", () => this.fieldChanged(name));
    }
    for (const button of form.querySelectorAll("[data-to-server]")) {
      button.addEventListener("click", (event) => this.toServer(event));
    }
    addEventListener("popstate", () => {
      if (!this.reportPage.hidden && location.hash === this.hash) this.closeReport();
    });
    this.reportPage.addEventListener("click", (event) => this.exportAsked(event));
  }

  /** What is judged: the file that was chosen, or the text as it stands. */
  source(fromText) {
    const { level, date, text } = this.form.elements;
    const day = new Date();
    const two = (number) => String(number).padStart(2, "0");
    const today = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
    const file = fromText ? { name: this.textName ?? "submission.yaml", type: null } : this.file;
    const question = {
      file: file.name,
      media_type: file.type || null,
      date: date.value || today,
      level: level.value || null,
      lang: document.documentElement.lang,
      links: !this.alone,
    };
    if (fromText && text.value !== this.judgedText) {
      this.judgedText = text.value;
      this.textRevision++;
    }
    const part = fromText ? `text ${this.textRevision}` : "file";
    const version = `${part} ${this.revision} ${JSON.stringify(question)}`;
    const bytes = fromText ? new TextEncoder().encode(text.value) : this.file.bytes;
    return { version, question, bytes, earlier: this.earlier };
  }

  /** The text, unless there is none or the file was the reader's last word. */
  get fromText() {
    return this.form.elements.text.value.trim() !== "" && (!this.file || this.textWasLast);
  }

  async fieldChanged(name) {
    this.revision++;
    if (name === "previous") this.earlier = (await bytesOf(this.form.elements.previous))?.bytes;
    if (this.file) this.lookAtFile();
    if (this.form.elements.text.value) this.typed(0);
  }

  async fileChosen() {
    const reading = (this.reading = bytesOf(this.form.elements.submission));
    const file = await reading;
    // Another was chosen meanwhile.
    if (reading !== this.reading) return;
    this.file = file;
    this.revision++;
    this.fileResult.replaceChildren();
    if (!file) return;
    if (!file.bytes) {
      this.file = undefined;
      this.problem(words.large, "submission", words.another);
      return;
    }
    this.forgetProblem();
    this.textWasLast = false;
    await this.lookAtFile();
  }

  async lookAtFile() {
    const revision = this.revision;
    this.fileResult.textContent = this.checker.worker ? words.checking : words.loading;
    const answer = await this.asked(this.source(false), "summary");
    if (!answer || revision !== this.revision) return;
    if (answer.refused) {
      this.fileResult.replaceChildren();
      this.problem(this.said(answer.refused), "submission", words.another);
      return;
    }
    const { heading, sentence, is_text: isText } = answer.judged;
    const report = make("button", { type: "button", class: "btn" }, words.report);
    report.addEventListener("click", () => this.report(false, true));
    this.fileResult.replaceChildren(make("p", {}, make("b", {}, heading), ` · ${sentence}`), make("p", { class: "btns" }, report));
    this.tell(`${heading}. ${sentence}`);
    const text = isText && this.file.bytes.length <= EDITABLE ? utf8(this.file.bytes) : undefined;
    const field = this.form.elements.text;
    if (text === undefined || field.value === text) return;
    if (field.value.trim() === "") {
      // Nothing to lose: the text is there to be looked at beside its marks.
      field.value = text;
      this.opened(text);
    } else {
      const edit = make("button", { type: "button", class: "btn" }, words.edit);
      edit.addEventListener("click", () => {
        this.editor.write(text);
        this.opened(text);
        edit.remove();
      });
      report.after(" ", edit);
    }
  }

  /** The file stands in the editor, whatever stood there comes back with undo. */
  opened(text) {
    const field = this.form.elements.text;
    this.openedText = text;
    this.textName = this.file.name;
    field.setSelectionRange(0, 0);
    field.scrollTop = 0;
    this.typed(0);
  }

  /** The text changed; it is looked at when the reader stops for a moment. */
  typed(pace = this.pace) {
    this.textWasLast = this.form.elements.text.value !== this.openedText;
    this.editor.count();
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.look(), pace);
  }

  async look() {
    if (this.looking) {
      this.again = true;
      return;
    }
    const { text } = this.form.elements;
    if (text.value.trim() === "") {
      this.textName = this.openedText = this.shown = undefined;
      this.editor.clear("");
      return;
    }
    const [source, begun] = [this.source(true), performance.now()];
    if (source.version === this.shown) return;
    this.looking = true;
    if (!this.checker.worker) this.editor.clear(words.loading);
    const answer = await this.asked(source, "summary");
    this.looking = false;
    this.pace = Math.min(3000, Math.max(400, 3 * (performance.now() - begun)));
    this.shown = answer && source.version;
    if (this.again) {
      this.again = false;
      this.typed();
    } else if (answer?.refused) {
      this.editor.clear(this.said(answer.refused));
    } else if (answer) {
      this.editor.show(answer.judged, (mark) => this.mend(mark, source));
      const count = answer.judged.marks.length;
      const points = !count ? words.none : count === 1 ? words.one : words.points;
      this.tell(`${answer.judged.heading}. ${points.replace("{n}", count)}`);
    }
  }

  async mend(mark, source) {
    clearTimeout(this.pause);
    if (source.version !== this.source(true).version) return this.look();
    const answer = await this.asked(source, "mend", mark.finding);
    if (!answer) return;
    if (!answer.text) {
      this.tell(words.by_hand, true);
      this.editor.status.textContent = words.by_hand;
      return;
    }
    this.editor.write(answer.text.replaceAll("\r\n", "\n"));
    clearTimeout(this.pause);
    this.editor.count();
    await this.look();
    this.tell(words.mended.replace("{n}", mark.line), true);
    const next = this.editor.list.querySelector("button.btn") ?? this.form.elements.text;
    next.focus();
  }

  /** The whole report in place of the form. */
  async report(fromText, anyway) {
    // Who asks right after choosing a file means that file.
    await this.reading?.catch(() => undefined);
    const text = this.form.elements.text.value.trim() !== "";
    const wanted = anyway ? fromText : fromText ? text : this.fromText;
    if (!wanted && !this.file) {
      if (!text) return this.problem(words.nothing, "submission", words.nothing);
      return this.report(true, true);
    }
    this.tell(this.checker.worker ? words.checking : words.loading, true);
    const source = this.source(wanted);
    const answer = await this.asked(source, "page");
    if (!answer) return;
    if (answer.refused) return this.problem(this.said(answer.refused), "submission", words.another);
    if (answer.incomparable) {
      return this.problem(this.said(answer.incomparable), "previous", words.another);
    }
    this.forgetProblem();
    this.reported = source;
    const back = make("button", { type: "button", class: "btn no-print" }, words.back);
    back.addEventListener("click", () => history.back());
    const view = make("div");
    view.innerHTML = answer.html;
    this.reportPage.replaceChildren(make("p", {}, back), view);
    this.hash = location.hash;
    history.pushState({}, "", "#report");
    this.uploadPage.hidden = true;
    this.reportPage.hidden = false;
    const heading = view.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus();
    scrollTo(0, 0);
    document.title = `${heading.textContent} – ${this.title}`;
    const { mount } = await import(this.form.dataset.reportScript);
    mount(view);
  }

  closeReport() {
    this.reportPage.hidden = true;
    this.reportPage.replaceChildren();
    this.uploadPage.hidden = false;
    document.title = this.title;
    this.form.querySelector("button[type=submit]").focus();
  }

  /** A form of the report is made when it is wanted, and saved from memory. */
  async exportAsked(event) {
    const link = event.target.closest("a[download]");
    if (!link || !link.hash) return;
    event.preventDefault();
    const answer = await this.asked(this.reported, "export", link.hash.slice(1));
    if (!answer?.file) return;
    const url = URL.createObjectURL(new Blob([answer.file]));
    make("a", { href: url, download: link.download }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  /** Only here does anything leave this machine, and only because the reader said so. */
  async toServer(event) {
    if (this.sending) return;
    event.preventDefault();
    const button = event.currentTarget;
    const there = await fetch("/healthz", { method: "HEAD" }).then((answer) => answer.ok, () => false);
    if (!there) return this.problem(words.no_server, "submission", words.nothing);
    if (this.textWasLast) this.form.elements.submission.value = "";
    this.sending = true;
    button.click();
    this.sending = false;
  }

  /** Asks the checker; a fault of it is told, and nothing that was entered is touched. */
  async asked(source, want, detail) {
    try {
      const answer = await this.checker.ask(source, want, detail);
      if (this.faulty) this.forgetProblem();
      this.faulty = false;
      return answer;
    } catch (fault) {
      const said = words[fault.message] ?? words.trap;
      this.faulty = true;
      this.editor.clear(said);
      this.fileResult.replaceChildren();
      this.problem(said, "submission", words.another, true);
      return undefined;
    }
  }

  said(localized) {
    return localized[document.documentElement.lang] ?? localized.vi;
  }

  /** Says it to screen readers, after a moment without news; at once only what was asked for. */
  tell(text, now) {
    clearTimeout(this.telling);
    if (now) this.told.textContent = text;
    else this.telling = setTimeout(() => (this.told.textContent = text), 1500);
  }

  /** What went wrong, above everything else, as the server says it. */
  problem(text, field, link, quiet) {
    this.forgetProblem();
    this.tell("", true);
    const list = make("ul", {}, make("li", {}, make("a", { href: `#${field}` }, link)));
    const summary = make("div", { class: "esum", role: "alert", tabindex: "-1", id: "error-summary" });
    summary.append(make("h2", {}, words.problem), make("p", {}, text), list);
    (this.reportPage.hidden ? this.uploadPage : this.reportPage).prepend(summary);
    document.title = words.error + this.title;
    if (!quiet) summary.focus();
  }

  forgetProblem() {
    document.getElementById("error-summary")?.remove();
    document.title = this.title;
  }
}

/** Name, type and bytes of the file in a field; without bytes if there are too many. */
const bytesOf = async (input) => {
  const file = input.files[0];
  if (!file) return undefined;
  const { name, type } = file;
  if (file.size > LARGEST) return { name, type };
  return { name, type, bytes: new Uint8Array(await file.arrayBuffer()) };
};

/** The text of a file as a field holds it; nothing if it is in another encoding. */
const utf8 = (bytes) => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replaceAll(/\r\n?/g, "\n");
  } catch {
    return undefined;
  }
};

export const mount = async (form) => {
  const [engine, editor] = await Promise.all([import(form.dataset.engine), import(form.dataset.editor)]);
  make = editor.make;
  const desk = new Desk(form, engine, editor);
  // Chosen before there was anybody to hear of it.
  desk.earlier = (await bytesOf(form.elements.previous))?.bytes;
  return desk;
};
