// The check in the reader's own browser: takes the file or the text, has it judged by the compiled
// checker in a worker, and shows the answer. Everything about rules, places and words of a report is
// decided in the checker, the same one the server and the program on the desk run.

const WORDS = {
  vi: {
    loading: "Đang nạp bộ kiểm tra (một lần, chưa tới 2 MB)…",
    checking: "Đang kiểm tra trên máy này…",
    none: "Chưa phát hiện điểm nào cần sửa.",
    line: (line) => `dòng ${line}`,
    points: (count) => `${count} điểm cần xem`,
    more: (count) => `Còn ${count} điểm nữa; xem báo cáo đầy đủ.`,
    mend: "Sửa giúp",
    mendAt: (line) => `Sửa giúp ở dòng ${line}`,
    mended: (line) => `Đã sửa ở dòng ${line}.`,
    byHand: "Chỗ này cần sửa bằng tay; cách sửa nêu trong báo cáo.",
    report: "Xem báo cáo đầy đủ",
    edit: "Mở trong ô soạn thảo",
    back: "Quay lại sửa hồ sơ",
    problem: "Chưa kiểm tra được",
    error: "Lỗi: ",
    nothing: "Chọn tệp hồ sơ hoặc dán nội dung để kiểm tra",
    another: "Chọn tệp khác",
    large: "Tệp vượt quá 10 MB.",
    trap: "Bộ kiểm tra trên máy này gặp lỗi và đã được khởi động lại. Nội dung đã nhập vẫn còn. Xin thử lại; nếu lỗi lặp lại với tệp này, xin báo cho nhóm phát triển.",
    slow: "Hồ sơ này quá nặng để kiểm tra trong trình duyệt nên đã dừng lại. Xin dùng bộ kiểm tra ngoại tuyến.",
    load: "Chưa nạp được bộ kiểm tra vào trình duyệt. Hãy kiểm tra kết nối rồi thử lại.",
    noServer: "Trang này đặt trên máy chủ tệp tĩnh hoặc đang ngoại tuyến, không có máy chủ kiểm tra. Kiểm tra trên máy này vẫn dùng được.",
    text: "Nội dung hồ sơ",
    results: "Điểm cần xem trong nội dung",
  },
  en: {
    loading: "Loading the checker (once, under 2 MB)…",
    checking: "Checking on this machine…",
    none: "Nothing found that needs mending.",
    line: (line) => `line ${line}`,
    points: (count) => (count === 1 ? "1 point to look at" : `${count} points to look at`),
    more: (count) => `${count} more; see the full report.`,
    mend: "Mend it",
    mendAt: (line) => `Mend it on line ${line}`,
    mended: (line) => `Mended on line ${line}.`,
    byHand: "This has to be mended by hand; the report says how.",
    report: "See the full report",
    edit: "Open in the editor",
    back: "Back to the submission",
    problem: "There is a problem",
    error: "Error: ",
    nothing: "Choose a file or paste the content to check",
    another: "Choose another file",
    large: "The file is larger than 10 MB.",
    trap: "The checker on this machine met a fault and was started again. What you entered is still there. Please try again; if it happens again with this file, please report it.",
    slow: "This submission is too heavy to be checked in a browser, so the check was stopped. Please use the offline checker.",
    load: "The checker could not be loaded into the browser. Check the connection and try again.",
    noServer: "This page lies on a static file host or is offline; there is no checking server. The check on this machine works all the same.",
    text: "The submission",
    results: "Points to look at in the text",
  },
};

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
    this.words = WORDS[document.documentElement.lang] ?? WORDS.vi;
    this.checker = new Checker(form.dataset);
    this.editor = new Editor(form.elements.text, this.words);
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
      this.problem(this.words.large, "submission", this.words.another);
      return;
    }
    this.forgetProblem();
    this.textWasLast = false;
    await this.lookAtFile();
  }

  async lookAtFile() {
    const revision = this.revision;
    this.fileResult.textContent = this.checker.worker ? this.words.checking : this.words.loading;
    const answer = await this.asked(this.source(false), "summary");
    if (!answer || revision !== this.revision) return;
    if (answer.refused) {
      this.fileResult.replaceChildren();
      this.problem(this.said(answer.refused), "submission", this.words.another);
      return;
    }
    const { heading, sentence, is_text: isText } = answer.judged;
    const report = make("button", { type: "button", class: "btn" }, this.words.report);
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
      const edit = make("button", { type: "button", class: "btn" }, this.words.edit);
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
    if (!this.checker.worker) this.editor.clear(this.words.loading);
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
      this.tell(`${answer.judged.heading}. ${count ? this.words.points(count) : this.words.none}`);
    }
  }

  async mend(mark, source) {
    clearTimeout(this.pause);
    if (source.version !== this.source(true).version) return this.look();
    const answer = await this.asked(source, "mend", mark.finding);
    if (!answer) return;
    if (!answer.text) {
      this.tell(this.words.byHand, true);
      this.editor.status.textContent = this.words.byHand;
      return;
    }
    this.editor.write(answer.text.replaceAll("\r\n", "\n"));
    clearTimeout(this.pause);
    this.editor.count();
    await this.look();
    this.tell(this.words.mended(mark.line), true);
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
      if (!text) return this.problem(this.words.nothing, "submission", this.words.nothing);
      return this.report(true, true);
    }
    this.tell(this.checker.worker ? this.words.checking : this.words.loading, true);
    const source = this.source(wanted);
    const answer = await this.asked(source, "page");
    if (!answer) return;
    if (answer.refused) return this.problem(this.said(answer.refused), "submission", this.words.another);
    if (answer.incomparable) {
      return this.problem(this.said(answer.incomparable), "previous", this.words.another);
    }
    this.forgetProblem();
    this.reported = source;
    const back = make("button", { type: "button", class: "btn no-print" }, this.words.back);
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
    if (!there) return this.problem(this.words.noServer, "submission", this.words.nothing);
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
      const words = this.words[fault.message] ?? this.words.trap;
      this.faulty = true;
      this.editor.clear(words);
      this.fileResult.replaceChildren();
      this.problem(words, "submission", this.words.another, true);
      return undefined;
    }
  }

  said(words) {
    return words[document.documentElement.lang] ?? words.vi;
  }

  /** Says it to screen readers, after a moment without news; at once only what was asked for. */
  tell(words, now) {
    clearTimeout(this.telling);
    if (now) this.told.textContent = words;
    else this.telling = setTimeout(() => (this.told.textContent = words), 1500);
  }

  /** What went wrong, above everything else, as the server says it. */
  problem(words, field, link, quiet) {
    this.forgetProblem();
    this.tell("", true);
    const list = make("ul", {}, make("li", {}, make("a", { href: `#${field}` }, link)));
    const summary = make("div", { class: "esum", role: "alert", tabindex: "-1", id: "error-summary" });
    summary.append(make("h2", {}, this.words.problem), make("p", {}, words), list);
    (this.reportPage.hidden ? this.uploadPage : this.reportPage).prepend(summary);
    document.title = this.words.error + this.title;
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
