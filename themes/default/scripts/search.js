// Search as one types. Nothing is fetched until the reader touches a search field; without this
// file, or where it cannot run, the field's form leads to the results page or the A–Z list.
const forms = [...document.querySelectorAll("form[data-search-panel]")];
const able = "WebAssembly" in window && "DecompressionStream" in window;

// Panel, module and head of the index come side by side: one journey over the network, not two.
let touched;
const open = (form) => {
  touched ??= {
    fetched: [form.dataset.searchModule, `/search/${document.documentElement.lang}.bin`].map((path) => fetch(path)),
    panel: import(form.dataset.searchPanel),
  };
  const { panel, fetched } = touched;
  panel.then((module) => module.mount(form, fetched)).catch(() => (touched = undefined));
};

if (able) {
  for (const form of forms) {
    form.addEventListener("focusin", () => open(form), { once: true });
    form.addEventListener("pointerenter", () => open(form), { once: true });
    // An arrow key that is pressed before the panel is there waits for it.
    form.addEventListener("keydown", (event) => {
      if (form.dataset.mounted || event.target.name !== "q" || !/^Arrow(Up|Down)$/.test(event.key)) return;
      event.preventDefault();
      open(form);
      touched.panel.then(() => event.target.dispatchEvent(event)).catch(() => {});
    });
  }
  // The results page of a host that cannot search: the question stands in the address.
  const page = document.querySelector("[data-search-results]");
  const asked = new URLSearchParams(location.search).get("q");
  const form = page && forms.find((form) => "search" in form.dataset);
  if (form && asked) {
    form.elements.q.value = asked;
    open(form);
  }
}

// «/» leads to the search field from anywhere but another field.
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  const form = forms[0];
  if (!form) return;
  event.preventDefault();
  form.elements.q.focus();
  form.elements.q.select();
});
