// The report filters without this: the stylesheet hides what is unticked and counts it. Here the
// numbers are said to screen readers, and the filters fold on a narrow screen.
const form = document.querySelector("[data-report-filter]");
if (form) {
  const status = form.querySelector("[role=status]");
  const findings = [...document.querySelectorAll(".finding")];
  const tell = () => {
    const total = findings.length;
    const shown = findings.filter((finding) => finding.checkVisibility()).length;
    status.textContent = (shown === total ? status.dataset.all : status.dataset.some)
      .replace("{shown}", shown)
      .replace("{hidden}", total - shown)
      .replace("{total}", total);
  };
  form.addEventListener("change", tell);
  form.addEventListener("reset", () => setTimeout(tell));
  // A link to a finding that is hidden shows everything again, then goes there.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.matches(".finding") && !target.checkVisibility()) {
      form.reset();
      target.scrollIntoView();
    }
  });
  const fold = form.querySelector("[data-close-narrow]");
  if (innerWidth < 992 && fold) fold.open = false;
}
