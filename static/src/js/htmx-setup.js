// htmx: the CSRF header, which answers are put in place, and what a person sees when one is bad.
import htmx from "htmx.org";
import { element, say } from "./words.js";
import { toast } from "./toasts.js";

window.htmx = htmx;

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb === "get") return;
  const own = event.target.closest?.("form")?.querySelector("[name=csrfmiddlewaretoken]")?.value;
  event.detail.headers["X-CSRFToken"] = own || document.querySelector("meta[name=csrf-token]").content;
});

// 422 and 409 carry the form again with its errors and the typed text. A refusal is told beside the form instead.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status < 400) return;
  const isFragment = (xhr.getResponseHeader("Content-Type") || "").startsWith("text/html");
  const isRefusal = xhr.responseText.includes("data-refusal");
  if (isFragment && !isRefusal && (xhr.status === 422 || xhr.status === 409)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

function messageFor(xhr) {
  if (xhr.responseText?.includes("data-expired")) return say("expired");
  if (xhr.responseText?.includes("data-refusal")) {
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const told = page.querySelector("[data-refusal]")?.textContent.trim().replace(/\s+/g, " ");
    if (told) return told;
  }
  const known = { 401: "signed_out", 403: "forbidden", 404: "gone", 409: "changed", 429: "too_many" };
  return say(known[xhr.status] || (xhr.status ? "server_error" : "offline"));
}

function clearAlert(scope) {
  scope.querySelectorAll(":scope > [data-alert]").forEach((old) => old.remove());
}

function showAlert(event) {
  const { xhr, elt } = event.detail;
  const form = elt.closest("form");
  // Polling in the background fails silently: the next poll tells, and only a lost session matters.
  if (!form && event.detail.requestConfig?.verb === "get" && xhr.status !== 401 && !event.detail.requestConfig?.triggeringEvent?.isTrusted) return;
  const text = messageFor(xhr);
  const reference = xhr.status >= 500 ? xhr.getResponseHeader("X-Request-Id") : "";
  const place = form || null;
  if (!place) {
    toast(reference ? `${text} (${say("reference")} ${reference})` : text, { tone: "red", stays: true });
    return;
  }
  clearAlert(place);
  const alert = element("div", { class: "notice tone-red", role: "alert", "data-alert": true }, element("span", {}, text));
  if (reference) alert.append(element("code", { class: "small" }, `${say("reference")} ${reference}`));
  const actions = element("span", { class: "notice-actions" });
  if (xhr.status === 401) {
    const next = encodeURIComponent(location.pathname + location.search);
    actions.append(element("a", { href: `${document.body.dataset.login}?next=${next}` }, say("sign_in")));
  } else if (!xhr.status || xhr.status >= 500 || xhr.status === 429) {
    const retry = element("button", { type: "button", class: "btn btn-sm" }, say("retry"));
    retry.addEventListener("click", () => form.requestSubmit(event.detail.requestConfig?.triggeringEvent?.submitter || undefined));
    actions.append(retry);
  }
  alert.append(actions);
  place.prepend(alert);
  alert.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt.closest("form");
  if (form) clearAlert(form);
});
document.addEventListener("htmx:responseError", showAlert);
document.addEventListener("htmx:sendError", showAlert);
document.addEventListener("htmx:timeout", showAlert);
// After an answer with errors the first wrong field has the focus.
document.addEventListener("htmx:afterSettle", (event) => {
  event.detail.elt.querySelector?.("[aria-invalid=true]")?.focus();
});
