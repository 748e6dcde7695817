// <div data-people="url"> around an input: people found while typing, the chosen one's card below it.
import { isComposing } from "../composition.js";
import { whenPresent } from "../words.js";

const WAIT_MS = 200;

whenPresent("[data-people]", (scope) => {
  const input = scope.querySelector("input");
  const place = scope.querySelector("[data-people-list]");
  let timer = 0;
  const look = () => {
    const text = input.value.trim();
    if (!text) { place.replaceChildren(); return; }
    window.htmx.ajax("GET", `${scope.dataset.people}?caller=${encodeURIComponent(text)}`, { target: place, swap: "innerHTML" });
  };
  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(look, WAIT_MS);
  });
  scope.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const picks = [...place.querySelectorAll("[data-pick]")];
    if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      if (picks.length) picks[0].click();
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && picks.length) {
      event.preventDefault();
      const at = picks.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      (picks[at] || input).focus();
    }
  });
  place.addEventListener("click", (event) => {
    const pick = event.target.closest("[data-pick]");
    if (!pick) return;
    input.value = pick.dataset.pick;
    look();
    const fields = [...input.form.querySelectorAll("input:not([type=hidden]), textarea, select")];
    fields[fields.indexOf(input) + 1]?.focus();
  });
  if (input.value) look();
});

// A person chosen under their team brings the team along.
document.addEventListener("change", (event) => {
  if (event.target.name !== "assignee" || !event.target.closest("[data-act-form]")) return;
  const team = event.target.selectedOptions[0]?.closest("optgroup")?.label;
  const choice = [...(event.target.form.elements.team?.options || [])].find((option) => option.text === team);
  if (choice) event.target.form.elements.team.value = choice.value;
});
