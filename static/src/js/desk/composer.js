// The composer: who reads it is unmistakable, Ctrl Enter sends, colleagues see that somebody types.
import { isComposing } from "../composition.js";

const TYPED_FOR_MS = 15000;
let typedAt = 0;

export function writeIn(mode) {
  const form = document.querySelector("[data-composer]");
  if (!form) return;
  const choice = form.querySelector(`[name=mode][value=${mode}]`);
  if (choice) choice.checked = true;
  form.scrollIntoView({ block: "nearest" });
  form.querySelector("textarea").focus();
}

document.addEventListener("keydown", (event) => {
  if (isComposing(event) || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("form");
  const button = event.shiftKey ? form?.querySelector("[data-send-resolve]") : form?.querySelector("[data-send-anyway], [data-send]");
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
});

// Small until somebody means to write; then it stays open.
document.addEventListener("focusin", (event) => event.target.closest?.("[data-composer]")?.toggleAttribute("data-active", true));

function tellTyping(isTyping) {
  const place = document.getElementById("presence");
  if (!place) return;
  const told = JSON.parse(place.getAttribute("hx-vals"));
  if ((told.typing === "1") === isTyping) return;
  place.setAttribute("hx-vals", JSON.stringify({ ...told, typing: isTyping ? "1" : "0" }));
  window.htmx.trigger(place, "typing");
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("[data-composer]")) return;
  typedAt = Date.now();
  tellTyping(true);
});
setInterval(() => { if (typedAt && Date.now() - typedAt > TYPED_FOR_MS) { typedAt = 0; tellTyping(false); } }, 5000);

// After sending, the newest entry is what somebody wants to see.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "ticket" && event.detail.requestConfig?.path.endsWith("/say/")) {
    document.getElementById("timeline")?.lastElementChild?.scrollIntoView({ block: "center" });
  }
});

// A property that was changed but not yet saved says so.
document.addEventListener("input", (event) => event.target.closest("[data-dirty-form]")?.toggleAttribute("data-dirty", true));
