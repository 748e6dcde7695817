// <form data-draft="key">: what is typed is kept in this browser, per person, until it was sent or a week passed.
// With data-draft-url the server keeps it too, wherever one signs in next; data-draft-at says since when (seconds).
import { element, say, whenPresent } from "./words.js";

const KEEP_MS = 7 * 24 * 3600 * 1000;
const SAVE_AFTER_MS = 400;
const SEND_AFTER_MS = 1500;
const WAIT_AT_MOST_MS = 2000;
const PENDING = "draft:sent";
const person = document.body?.dataset.person || "";
const nameOf = (key) => `draft:${person}:${key}`;

function guarded(action, otherwise = null) {
  try {
    return action();
  } catch {
    return otherwise; // private windows and full storage: drafts are a comfort, never a condition
  }
}

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken"
    && !["hidden", "password", "file", "submit", "button"].includes(field.type) && !field.hasAttribute("data-no-draft"));
}

function valuesOf(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (field.type === "radio") { if (field.checked) values[field.name] = field.value; }
    else if (field.type === "checkbox") values[`${field.name}=${field.value}`] = field.checked;
    else values[field.name] = field.value;
  }
  return values;
}

function putBack(form, values) {
  for (const field of fieldsOf(form)) {
    if (field.type === "radio") field.checked = values[field.name] === undefined ? field.checked : values[field.name] === field.value;
    else if (field.type === "checkbox") field.checked = values[`${field.name}=${field.value}`] ?? field.checked;
    else if (values[field.name] !== undefined && values[field.name] !== "") field.value = values[field.name];
  }
}

function forget(key) {
  guarded(() => localStorage.removeItem(nameOf(key)));
}

// The server's copy; an empty one is dropped there. It may outlive the page. Resolves when the server has it.
function keepThere(form, values) {
  const { draftUrl: url } = form.dataset;
  if (!url) return Promise.resolve();
  const body = new URLSearchParams(Object.entries(values).filter(([, value]) => typeof value === "string"));
  const headers = { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content };
  return fetch(url, { method: "POST", body, headers, keepalive: true }).catch(() => {});
}

function tellRestored(form, original) {
  const note = element("div", { class: "draft-note", role: "status" }, say("draft_restored"));
  const discard = element("button", { type: "button", class: "btn btn-sm" }, say("discard"));
  discard.addEventListener("click", () => {
    forget(form.dataset.draft);
    keepThere(form, {});
    putBack(form, original);
    for (const field of fieldsOf(form)) if (original[field.name] === "") field.value = "";
    note.remove();
  });
  note.append(discard);
  form.prepend(note);
}

function restore(form) {
  const kept = guarded(() => JSON.parse(localStorage.getItem(nameOf(form.dataset.draft))));
  const now = valuesOf(form);
  const keptThere = Number(form.dataset.draftAt || 0) * 1000;
  if (keptThere && !(kept?.at > keptThere + 1000)) {
    tellRestored(form, Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.type === "textarea" ? "" : now[field.name]])));
    return;
  }
  if (!kept || Date.now() - kept.at > KEEP_MS) return;
  const typed = !keptThere && [...form.querySelectorAll("textarea, input[data-keep]")].some((field) => field.value.trim());
  if (typed || form.querySelector("[aria-invalid=true]")) return; // the server sent the text back, or a link brought some
  if (JSON.stringify(now) === JSON.stringify(kept.values)) return;
  putBack(form, kept.values);
  tellRestored(form, now);
}

whenPresent("form[data-draft]", (form) => {
  const key = form.dataset.draft;
  const sent = guarded(() => sessionStorage.getItem(PENDING));
  // The form is back with its errors, so the draft lives on; otherwise what was sent has arrived.
  if (sent === key && form.querySelector("[aria-invalid=true], [data-alert]")) guarded(() => sessionStorage.removeItem(PENDING));
  else if (sent === key) { forget(key); guarded(() => sessionStorage.removeItem(PENDING)); }
  restore(form);
  const before = JSON.stringify(valuesOf(form));
  let timer = 0, there = 0, under_way = null;
  const send = () => {
    clearTimeout(there);
    there = 0;
    const mine = keepThere(form, valuesOf(form)).finally(() => { if (under_way === mine) under_way = null; });
    under_way = mine;
  };
  window.addEventListener("pagehide", () => { if (there) send(); });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    clearTimeout(there);
    there = setTimeout(send, SEND_AFTER_MS);
    timer = setTimeout(() => {
      const values = valuesOf(form);
      if (JSON.stringify(values) === before) forget(key);
      else guarded(() => localStorage.setItem(nameOf(key), JSON.stringify({ at: Date.now(), values })));
    }, SAVE_AFTER_MS);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    clearTimeout(there);
    there = 0;
    const values = valuesOf(form);
    guarded(() => localStorage.setItem(nameOf(key), JSON.stringify({ at: Date.now(), values })));
    if (!form.matches("[hx-post]")) guarded(() => sessionStorage.setItem(PENDING, key));
  });
  // A draft that reaches the server after what was sent would come back as if it had not been: it goes first.
  form.addEventListener("htmx:confirm", (event) => {
    if (event.detail.elt !== form || !under_way) return;
    event.preventDefault();
    const go = () => event.detail.issueRequest(true);
    Promise.race([under_way, new Promise((resolve) => setTimeout(resolve, WAIT_AT_MOST_MS))]).then(go);
  });
  // Before the answer is put in place: the form that comes with it would find the draft again.
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.elt === form && event.detail.xhr.status >= 200 && event.detail.xhr.status < 300) { clearTimeout(timer); forget(key); }
  });
});

// A plain form that led away from itself was accepted, unless it led to the login page.
document.addEventListener("DOMContentLoaded", () => {
  const sent = guarded(() => sessionStorage.getItem(PENDING));
  if (!sent || !person || document.querySelector("[data-keep-drafts]")) return;
  if (!document.querySelector(`form[data-draft="${CSS.escape(sent)}"]`)) forget(sent);
  guarded(() => sessionStorage.removeItem(PENDING));
});

// Old drafts go; a shared computer does not keep them for ever.
guarded(() => {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith("draft:"))) {
    const kept = guarded(() => JSON.parse(localStorage.getItem(key)));
    if (!kept || Date.now() - kept.at > KEEP_MS) localStorage.removeItem(key);
  }
});
