// Starts the checker in the page that holds all of it: what /validate/ would fetch becomes an address
// inside this page. Classic and inline, because a page opened from a disk may load no file.
(() => {
  const form = document.querySelector("form[data-validate]");
  const base64 = (part) => document.querySelector(`[data-part=${part}]`).textContent;
  const script = (part) => {
    const bytes = Uint8Array.from(atob(base64(part)), (letter) => letter.charCodeAt(0));
    return URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
  };
  for (const part of ["panel", "engine", "editor", "worker", "reportScript"]) form.dataset[part] = script(part);
  for (const part of ["module", "knowledge"]) form.dataset[part] = `data:application/octet-stream;base64,${base64(part)}`;
  document.documentElement.classList.add("scripted");
  document.querySelector("[data-not-started]").hidden = true;
  document.querySelector("[data-upload-page]").hidden = false;
  import(script("upload"));
  import(script("check"));
})();
