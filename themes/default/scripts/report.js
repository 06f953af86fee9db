// The report filters without this: the stylesheet hides what is unticked and counts it. Here the
// numbers are said to screen readers, and the filters fold on a narrow screen.
let form;

const findings = () => [...document.querySelectorAll(".finding")];
const tell = () => {
  const status = form.querySelector("[role=status]");
  const all = findings();
  const shown = all.filter((finding) => finding.checkVisibility()).length;
  status.textContent = (shown === all.length ? status.dataset.all : status.dataset.some)
    .replace("{shown}", shown)
    .replace("{hidden}", all.length - shown)
    .replace("{total}", all.length);
};

/** Serves the report inside an element: the page's own, or one that was made in the browser. */
export const mount = (root) => {
  form = root.querySelector("[data-report-filter]");
  if (!form) return;
  form.addEventListener("change", tell);
  form.addEventListener("reset", () => setTimeout(tell));
  const fold = form.querySelector("[data-close-narrow]");
  if (innerWidth < 992 && fold) fold.open = false;
};

// A link to a finding that is hidden shows everything again, then goes there.
addEventListener("hashchange", () => {
  const target = document.getElementById(location.hash.slice(1));
  if (form && target?.matches(".finding") && !target.checkVisibility()) {
    form.reset();
    target.scrollIntoView();
  }
});

mount(document);
