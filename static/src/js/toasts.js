// Short notes in the corner. Good news leaves by itself, bad news waits to be dismissed.
import { element, say, svgIcon, whenPresent } from "./words.js";

const SHOWN_MS = 7000;
const OFFER_MS = 15000; // one that offers something waits longer

function letGo(note) {
  if (note.hasAttribute("data-stays")) return;
  setTimeout(() => { if (!note.matches(":hover, :focus-within")) note.remove(); else letGo(note); }, note.querySelector("form") ? OFFER_MS : SHOWN_MS);
}

export function toast(text, { tone = "green", stays = false } = {}) {
  const dismiss = element("button", { type: "button", class: "btn-plain", "data-dismiss": true, "aria-label": say("close") }, svgIcon("x"));
  const note = element("div", { class: `toast-note tone-${tone}`, "data-toast": true, "data-stays": stays },
    element("span", { class: "toast-text" }, text), dismiss);
  document.getElementById("toasts").append(note);
  letGo(note);
}

whenPresent("[data-toast]", letGo);
document.addEventListener("click", (event) => {
  event.target.closest("[data-dismiss]")?.closest("[data-toast]")?.remove();
});
// HX-Trigger: {"toast": {"text": "…", "tone": "green"}}
document.addEventListener("toast", (event) => toast(event.detail.text, event.detail));
