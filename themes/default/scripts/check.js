// The check in the reader's own browser. Nothing is fetched until the reader chooses a file, pastes,
// types or asks for the result; without this file, or where it cannot run, the form goes to the server.
const form = document.querySelector("form[data-validate]");
const able = "WebAssembly" in window && "DecompressionStream" in window && "Worker" in window;

const show = (selector, shown) => {
  for (const element of document.querySelectorAll(selector)) element.hidden = !shown;
};

if (form && able) {
  show("[data-when-local]", true);
  show("[data-when-remote]", false);
  const field = form.elements.text;
  let desk;
  let sending = false;
  const open = async () => {
    try {
      return await (desk ??= import(form.dataset.panel).then((module) => module.mount(form)));
    } catch {
      desk = undefined;
      show("[data-check-failed]", true);
      return undefined;
    }
  };
  form.elements.submission.addEventListener("change", async () => (await open())?.fileChosen());
  field.addEventListener("input", async () => (await open())?.typed());
  form.addEventListener("submit", async (event) => {
    // The button that says so sends the file; every other way stays on this machine.
    if (event.submitter?.matches("[data-to-server]")) {
      sending = true;
      return;
    }
    event.preventDefault();
    (await open())?.report(event.submitter?.matches("[data-from-text]") ?? false);
  });

  // A sample is chosen for the reader, as if it lay on this machine.
  for (const button of document.querySelectorAll("[data-try]")) {
    button.addEventListener("click", async () => {
      const input = form.elements.submission;
      try {
        const answer = await fetch(button.dataset.try);
        if (!answer.ok) throw new Error(button.dataset.try);
        const chosen = new DataTransfer();
        chosen.items.add(new File([await answer.blob()], button.dataset.try.split("/").pop()));
        input.files = chosen.files;
      } catch {
        return show("[data-check-failed]", true);
      }
      input.dispatchEvent(new Event("change", { bubbles: true }));
      input.focus();
    });
  }

  // An example of a rule, brought from its page (`site.js`): once, and never in the place of a draft.
  let brought;
  try {
    brought = JSON.parse(sessionStorage.getItem("khung.try"));
    sessionStorage.removeItem("khung.try");
  } catch {
    // Nothing was brought then.
  }
  if (brought) {
    field.value = brought.text;
    if (brought.date) form.elements.date.value = brought.date;
    field.scrollIntoView({ block: "center" });
  }

  // A draft is kept only if the reader asked for it: what is in it may not be for everybody's eyes.
  const keep = document.querySelector("[data-keep-draft]");
  const key = "khung.draft";
  const store = () => {
    try {
      if (keep.checked) localStorage.setItem(key, field.value);
      else localStorage.removeItem(key);
      return keep.checked;
    } catch {
      keep.checked = false;
      return false;
    }
  };
  try {
    const draft = localStorage.getItem(key);
    // With an example in its place the draft stays as it is, and cannot be written over.
    if (draft !== null && brought) keep.disabled = true;
    else if (draft !== null) {
      keep.checked = true;
      if (!field.value) field.value = draft;
    }
  } catch {
    keep.disabled = true;
  }
  keep.addEventListener("change", store);
  let pause;
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => keep.checked && store(), 300);
  });
  const initial = field.value;
  addEventListener("beforeunload", (event) => {
    const safe = sending || (keep.checked && store());
    if (field.value && field.value !== initial && !safe) event.preventDefault();
  });
  if (field.value) open().then((opened) => opened?.typed());
}
