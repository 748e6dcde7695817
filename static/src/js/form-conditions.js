// form[data-conditions]: fields show, and are marked as needed, as the answers before them say. The server decides
// when it is sent (catalog/form_engine/conditions.py says the same); without this script it shows what it must.
import { whenPresent } from "./words.js";

const PREFIX = "a-";

function answerOf(form, key) {
  const fields = [...form.elements].filter((field) => field.name === PREFIX + key);
  const boxes = fields.filter((field) => ["checkbox", "radio"].includes(field.type));
  if (!boxes.length) return fields[0]?.value.trim() ?? "";
  const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
  if (boxes[0].type === "radio") return chosen[0] ?? "";
  return boxes.length === 1 && boxes[0].value === "on" ? (chosen.length ? "true" : "") : chosen;
}

function isFilled(answer) {
  return Array.isArray(answer) ? answer.length > 0 : answer !== "";
}

function plain(answer) {
  return Array.isArray(answer) ? answer.join(",") : answer;
}

function holds({ test, value = "" }, answer) {
  const wanted = String(value).trim();
  switch (test) {
    case "filled": return isFilled(answer);
    case "empty": return !isFilled(answer);
    case "is": return plain(answer) === wanted || (wanted === "false" && answer === "");
    case "is_not": return plain(answer) !== wanted && !(wanted === "false" && answer === "");
    case "has": return answer.includes(wanted);
    case "more_than": return isFilled(answer) && Number(answer) > Number(wanted);
    case "less_than": return isFilled(answer) && Number(answer) < Number(wanted);
  }
  return false;
}

function bringUpToDate(form) {
  const hidden = new Set();
  const allHold = (conditions) => conditions.every((one) => holds(one, hidden.has(one.field) ? "" : answerOf(form, one.field)));
  const places = [...form.querySelectorAll("[data-shows-if]")];
  // A field may hang on one that hangs on a third: as many rounds as there are such fields are always enough.
  for (let round = 0; round <= places.length; round += 1) {
    for (const place of places) {
      const shows = allHold(JSON.parse(place.dataset.showsIf));
      place.hidden = !shows;
      if (shows) hidden.delete(place.dataset.answer); else hidden.add(place.dataset.answer);
    }
  }
  for (const place of form.querySelectorAll("[data-needed-if]")) {
    place.classList.toggle("is-needed", allHold(JSON.parse(place.dataset.neededIf)));
  }
}

whenPresent("form[data-conditions]", (form) => {
  form.classList.add("has-conditions");
  form.addEventListener("input", () => bringUpToDate(form));
  form.addEventListener("change", () => bringUpToDate(form));
  bringUpToDate(form);
});
