// The filter bar sends itself; the address holds only what was chosen.
const form = document.querySelector("[data-insights-filters]");
const days = form?.querySelector("[data-custom]");
const period = form?.elements.period;

function showDays() {
  days.hidden = period.value !== "custom";
  form.querySelector("[data-apply]").hidden = days.hidden;
}

form?.addEventListener("change", (event) => {
  showDays();
  if (event.target === period && period.value === "custom") form.elements.from.focus();
  else if (event.target.matches("select")) form.requestSubmit();
});

// Nothing is sent for "all", nor the days of a period that has a name.
form?.addEventListener("submit", () => {
  days.disabled = period.value !== "custom";
  for (const choice of form.querySelectorAll("select")) choice.disabled = choice.value === "";
});

// Coming back with the browser's button finds the bar usable.
addEventListener("pageshow", () => {
  if (!form) return;
  days.disabled = false;
  for (const choice of form.querySelectorAll("select")) choice.disabled = false;
  showDays();
});

if (form) showDays();
