// The composer: who reads it is unmistakable, Ctrl Enter sends, colleagues see that somebody types.
import { isComposing } from "../composition.js";

const TYPED_FOR_MS = 15000;
const AWAY_AFTER_MS = 3 * 60000;
let typedAt = 0;
let touchedAt = Date.now();

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
  button.click(); // htmx tells the server which button it was only after a click
});

// Small until somebody means to write; then it stays open.
document.addEventListener("focusin", (event) => event.target.closest?.("[data-composer]")?.toggleAttribute("data-active", true));

// What colleagues are told this person does here: typing, viewing, or away (nothing touched, or another tab).
function tell() {
  const place = document.getElementById("presence");
  if (!place) return;
  const now = Date.now();
  const doing = document.hidden || now - touchedAt > AWAY_AFTER_MS ? "away" : now - typedAt < TYPED_FOR_MS ? "typing" : "viewing";
  const told = JSON.parse(place.getAttribute("hx-vals"));
  if (told.doing === doing) return;
  place.setAttribute("hx-vals", JSON.stringify({ ...told, doing }));
  window.htmx.trigger(place, "typing");
}

document.addEventListener("input", (event) => {
  if (!event.target.closest("[data-composer]")) return;
  typedAt = Date.now();
  tell();
});
for (const name of ["keydown", "pointermove", "pointerdown", "scroll"]) {
  document.addEventListener(name, () => { touchedAt = Date.now(); }, { passive: true, capture: true });
}
document.addEventListener("visibilitychange", tell);
setInterval(tell, 5000);

// After sending, the newest entry is what somebody wants to see.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id === "ticket" && event.detail.requestConfig?.path.endsWith("/say/")) {
    document.getElementById("timeline")?.lastElementChild?.scrollIntoView({ block: "center" });
  }
});

// Why something was not sent stands above the words; on a phone that may be out of sight.
document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  if (target.id.startsWith("stale-")) target.firstElementChild?.scrollIntoView({ block: "nearest" });
});

// A property that was changed but not yet saved says so.
document.addEventListener("input", (event) => event.target.closest("[data-dirty-form]")?.toggleAttribute("data-dirty", true));
