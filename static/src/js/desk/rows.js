// The queue: which row is chosen, which are ticked, what the preview shows. Survives rows refreshed in place.
const chosenClass = "is-chosen";
const isWide = () => matchMedia("(min-width: 80em)").matches;
const isPhone = () => matchMedia("(max-width: 47.99em)").matches;
let chosen = "";

export const rows = () => [...document.querySelectorAll("[data-row]")];
export const chosenRow = () => document.querySelector(`[data-row].${chosenClass}`);

function rememberList() {
  const urls = rows().map((row) => row.dataset.url);
  if (urls.length) sessionStorage.setItem("desk:list", JSON.stringify({ urls, queue: location.pathname + location.search }));
}

export function choose(row, { focus = false } = {}) {
  rows().forEach((other) => other.classList.toggle(chosenClass, other === row));
  chosen = row?.id || "";
  if (!row) return;
  row.scrollIntoView({ block: "nearest" });
  if (focus) row.querySelector("[data-opens]").focus({ preventScroll: true });
}

// The preview of a row; resolves when it is there. On a phone the ticket's own page is the preview.
export function preview(row, { slide = true } = {}) {
  const pane = document.getElementById("preview");
  if (!pane || isPhone()) { location.assign(row.dataset.url); return Promise.reject(new Error("left")); }
  if (slide) pane.toggleAttribute("data-open", true);
  const shown = document.getElementById("ticket");
  if (shown?.dataset.number === row.dataset.number) return Promise.resolve();
  return window.htmx.ajax("GET", `${row.dataset.url}?pane=preview`, { target: pane, swap: "innerHTML" });
}

export function closePreview() {
  document.getElementById("preview")?.removeAttribute("data-open");
  chosenRow()?.querySelector("[data-opens]").focus();
}

let waiting = 0;
export function move(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(chosenRow());
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  choose(next, { focus: true });
  clearTimeout(waiting);
  // Holding j down reads only the row on which it stops.
  if (isWide()) waiting = setTimeout(() => preview(next, { slide: false }), 180);
}

export function tick(row = chosenRow()) {
  const box = row?.querySelector(".q-tick");
  if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); }
}

function showTicked() {
  const form = document.querySelector("[data-bulk]");
  if (!form) return;
  const number = form.querySelectorAll(".q-tick:checked").length;
  const told = form.querySelector("[data-ticked]");
  told.hidden = !number;
  told.textContent = told.dataset.words.replace("{n}", number);
  form.toggleAttribute("data-has-ticked", number > 0 || Boolean(form.querySelector("[name=everything]")?.checked));
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick-all]")) rows().forEach((row) => { row.querySelector(".q-tick").checked = event.target.checked; });
  if (event.target.closest("[data-bulk]")) showTicked();
});

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (event.target.closest("[data-close-preview]")) { closePreview(); return; }
  const row = event.target.closest("[data-row]");
  if (!row || event.target.closest("input, button") || isPhone() || (event.target.closest("a") && !event.target.closest("[data-opens]"))) return;
  event.preventDefault();
  choose(row);
  preview(row);
});
// What became of a bulk act was read: the queue has changed.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-reloads-queue]")) location.reload();
});
document.addEventListener("dblclick", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && !event.target.closest("input")) location.assign(row.dataset.url);
});

// Rows that were swapped in place keep their tick and their mark.
const kept = new Set();
document.addEventListener("htmx:beforeSwap", () => {
  kept.clear();
  document.querySelectorAll(".q-tick:checked").forEach((box) => kept.add(box.value));
});
document.addEventListener("htmx:afterSettle", () => {
  document.querySelectorAll(".q-tick").forEach((box) => { if (kept.has(box.value)) box.checked = true; });
  if (chosen) document.getElementById(chosen)?.classList.add(chosenClass);
  showTicked();
  rememberList();
});

function start() {
  rememberList();
  const first = rows()[0];
  if (first && isWide() && !document.getElementById("ticket")) { choose(first); preview(first, { slide: false }); }
  document.querySelectorAll("[data-step]").forEach((button) => { button.hidden = !neighbour(button.dataset.step === "next" ? 1 : -1); });
  const back = document.querySelector("[data-back-to-queue]");
  const list = remembered();
  if (back && list.queue) back.href = list.queue;
}

function remembered() {
  try { return JSON.parse(sessionStorage.getItem("desk:list")) || { urls: [] }; } catch { return { urls: [] }; }
}

function neighbour(by) {
  const { urls } = remembered();
  const at = urls.indexOf(document.getElementById("ticket")?.dataset.url);
  return at < 0 ? "" : urls[at + by] || "";
}

// Next or previous ticket: another row beside the preview, another page on a ticket's own page.
export function step(by) {
  if (document.querySelector("[data-queue]")) {
    move(by);
    return;
  }
  const url = neighbour(by);
  if (url) location.assign(url);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (button) step(button.dataset.step === "next" ? 1 : -1);
});
document.addEventListener("desk:next", () => {
  const list = remembered();
  if (document.querySelector("[data-queue]")) move(1);
  else setTimeout(() => location.assign(neighbour(1) || list.queue || "/desk/"), 600);
});
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
