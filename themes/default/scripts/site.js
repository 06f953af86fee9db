// Progressive enhancement only: every page works without this file.
const root = document.documentElement;

// Light or dark, kept for the next page.
const toggle = document.querySelector("[data-theme-toggle]");
if (toggle) {
  const isDark = () =>
    root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
  const label = () => {
    toggle.textContent = isDark() ? toggle.dataset.light : toggle.dataset.dark;
  };
  toggle.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // The choice then lasts for this page.
    }
    label();
  });
  label();
}

// The language switch keeps the passage the reader looks at: ids are the same in both languages.
document.querySelector("[data-language-switch]")?.addEventListener("click", (event) => {
  let id = location.hash.slice(1);
  if (!id) {
    for (const element of document.querySelectorAll("main [id]")) {
      const place = element.getBoundingClientRect();
      if (place.top > 120) break;
      if (place.height) id = element.id;
    }
  }
  if (id && id !== "main") event.currentTarget.hash = id;
  event.currentTarget.search = location.search;
});

// Copy a link or a citation; the button says that it happened.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Plain http on an intranet has no clipboard: select the words instead.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
  const words = button.textContent;
  if (words === button.dataset.done) return;
  button.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = words;
  }, 1600);
});

// The picture: say aloud how many components are highlighted. The highlighting itself is CSS.
const picker = document.querySelector("[data-picture-filter]");
const spoken = document.querySelector("[data-picture-count]");
if (picker && spoken) {
  picker.addEventListener("change", () => {
    const count = picker.querySelector("input:checked")?.dataset.count;
    spoken.textContent = count ? spoken.dataset.words.replace("{n}", count) : "";
  });
}

// Escape puts the meaning of a term away until the next term is reached.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") root.dataset.meanings = "off";
});
for (const reached of ["focusin", "pointerout"]) {
  document.addEventListener(reached, (event) => {
    if (event.target.closest?.(".gloss")) delete root.dataset.meanings;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
}

// An example of a rule is tried on the check page, on this machine; without this it goes to the server.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-try-text]");
  if (!form || !("WebAssembly" in window && "DecompressionStream" in window && "Worker" in window)) return;
  try {
    const { text, date } = form.elements;
    sessionStorage.setItem("khung.try", JSON.stringify({ text: text.value, date: date?.value }));
  } catch {
    return;
  }
  event.preventDefault();
  location.href = form.getAttribute("action");
});
