// Keyboard shortcuts. Silent while typing, while an input method composes, and when switched off.
import { isComposing, isTyping } from "../composition.js";
import { chosenRow, closePreview, move, preview, rows, step, tick } from "./rows.js";
import { openPalette } from "./palette.js";
import { actOf, isOff, keyFor } from "./bindings.js";
import { whenPresent } from "../words.js";
import { writeIn } from "./composer.js";

// What a key means on a ticket stands in the page: whatever carries data-key is what the key presses.
function press(key) {
  const find = () => document.querySelector(`#ticket [data-key="${key}"], #ticket [data-also-key="${key}"]`);
  const act = () => {
    const found = find();
    if (!found) return;
    if (found.matches("[type=radio]")) writeIn(found.value);
    else found.click();
    if (/[1-4]/.test(key)) focusLater("priority_reason");
    if (key === "g" || key === "a") focusLater(key === "g" ? "team" : "assignee");
  };
  const row = chosenRow();
  const shown = document.getElementById("ticket");
  if (row && shown?.dataset.number !== row.dataset.number) preview(row).then(() => setTimeout(act, 30), () => {});
  else {
    if (row) document.getElementById("preview")?.toggleAttribute("data-open", true);
    act();
  }
}

function focusLater(name) {
  document.addEventListener("htmx:afterSettle", () => setTimeout(() => document.querySelector(`dialog[open] [name=${name}]`)?.focus(), 20), { once: true });
}

const OWN = {
  j: () => move(1),
  k: () => move(-1),
  "]": () => step(1),
  "[": () => step(-1),
  x: () => tick(),
  "/": () => (document.querySelector("[data-filter]") || document.getElementById("top-search"))?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
  s: () => openPalette("transitions"),
  c: () => document.querySelector("a[data-key=c]")?.click(),
  u: () => document.querySelector("button[data-key=u]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (isComposing(event) || event.defaultPrevented) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (isOff() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const { key } = event;
  if (key === "Escape") { if (document.querySelector("#preview[data-open]")) closePreview(); return; }
  if (key === "Enter" || key === " ") {
    const row = chosenRow();
    if (!row || event.target.closest("button, summary, input, a:not([data-opens])")) return;
    event.preventDefault();
    if (key === "Enter") location.assign(row.dataset.url);
    else preview(row).catch(() => {});
    return;
  }
  const act = actOf(key);
  if (OWN[act]) { event.preventDefault(); OWN[act](); }
  else if (/^[iagezlwrmn1-4]$/.test(act) && (document.getElementById("ticket") || rows().length)) { event.preventDefault(); press(act); }
});

// Keys printed on the page are the person's own.
whenPresent("[data-key] > kbd", (mark) => { mark.textContent = keyFor(mark.parentElement.dataset.key); });
// In a list that asks for one thing, Enter is enough.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || isComposing(event) || !event.target.matches?.("select[data-enter-sends]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
