// The 404 page: a code typed there opens its page, without a server too. The table of codes is data.
const form = document.querySelector("[data-codes]");
if (form) {
  const fold = (text) =>
    text
      .trim()
      .toLowerCase()
      .replaceAll("đ", "dd")
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .replace(/^(muc|diem|clause|section)\s+/, "")
      .replace(/[.\s_/]+/g, "-")
      .replace(/^-?c-|^-+|-+$/g, "");
  form.addEventListener("submit", async (event) => {
    const code = fold(form.elements.q.value);
    if (!code) return;
    event.preventDefault();
    try {
      const codes = await (await fetch(form.dataset.codes)).json();
      if (codes[code]) {
        location.assign(form.dataset.prefix + codes[code]);
        return;
      }
    } catch {
      // No table to be had: search instead.
    }
    form.submit();
  });
}
