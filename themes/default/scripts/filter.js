// Filters over a list that is complete without them. They always say how many entries they hide.
const form = document.querySelector("[data-filter]");
if (form) {
  const entries = [...document.querySelectorAll("[data-entry]")];
  const groups = [...document.querySelectorAll("[data-group]")];
  const status = document.querySelector("[data-filter-status]");
  const fields = [...new Set([...form.elements].map((field) => field.name).filter(Boolean))];

  const apply = () => {
    const chosen = new FormData(form);
    let shown = 0;
    for (const entry of entries) {
      const fits = fields.every((field) => {
        const wanted = chosen.getAll(field).filter(Boolean);
        const has = (entry.getAttribute(`data-${field}`) ?? "").split(" ");
        return wanted.length === 0 || wanted.some((value) => has.includes(value));
      });
      entry.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector("[data-entry]:not([hidden])");
    }
    if (status) {
      const words = shown === entries.length ? status.dataset.all : status.dataset.some;
      status.textContent = words
        .replace("{shown}", shown)
        .replace("{total}", entries.length)
        .replace("{hidden}", entries.length - shown);
    }
  };

  // A filtered list can be linked to: the address carries the choice.
  const remember = () => {
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    const text = new URLSearchParams(chosen).toString();
    history.replaceState(null, "", location.pathname + (text ? `?${text}` : "") + location.hash);
  };
  for (const [field, value] of new URLSearchParams(location.search)) {
    for (const input of form.querySelectorAll(`[name="${CSS.escape(field)}"]`)) {
      if (input.value === value) input.checked = true;
    }
  }
  form.addEventListener("change", () => {
    apply();
    remember();
  });
  form.addEventListener("reset", () =>
    setTimeout(() => {
      apply();
      remember();
    }),
  );
  apply();
}
