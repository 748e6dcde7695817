// A form is sent once: the second click while the first is under way does nothing.
const RELEASE_AFTER_MS = 20000;
const under_way = new WeakSet();

function buttonsOf(form) {
  const outside = form.id ? document.querySelectorAll(`button[form="${CSS.escape(form.id)}"]`) : [];
  return [...form.querySelectorAll("button:not([type=button])"), ...outside];
}

function release(form) {
  under_way.delete(form);
  buttonsOf(form).forEach((button) => button.removeAttribute("aria-disabled"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" && !form.hasAttribute("hx-post")) return;
  if (under_way.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  under_way.add(form);
  buttonsOf(form).forEach((button) => button.setAttribute("aria-disabled", "true"));
  setTimeout(() => release(form), RELEASE_AFTER_MS);
}, true);
// Somebody else stopped the submit (a confirmation was declined): let it be sent later.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented && !event.target.matches("[hx-post],[data-hx-post]")) release(event.target);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest("form");
  if (form) release(form);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach(release);
});
