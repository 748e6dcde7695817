// "::" in an answer offers canned replies, filled in for this ticket; "??" links to articles by a word of them.
// Arrows choose, Enter or Tab takes, Escape closes.
import { isComposing } from "../composition.js";

const ASKED = /(^|\s)(::|：：|\?\?|？？)([\p{L}\p{N}_-]{0,30})$/u;
const WAIT_MS = 120;
let timer = 0;

const list = () => document.getElementById("reply-list");
const isOpen = () => list() && !list().hidden;

function asked(area) {
  return area.selectionStart === area.selectionEnd ? ASKED.exec(area.value.slice(0, area.selectionStart)) : null;
}

function close() {
  if (list()) list().hidden = true;
}

async function offer(area) {
  const found = asked(area);
  if (!found) { close(); return; }
  const mode = area.form.querySelector("[name=mode]:checked")?.value || "";
  const source = /[:：]/.test(found[2]) ? area.dataset.replies : area.dataset.articles;
  const address = `${source}?q=${encodeURIComponent(found[3])}&mode=${mode}`;
  await window.htmx.ajax("GET", address, { target: list(), swap: "innerHTML" });
  if (list()) list().hidden = !asked(area);
}

function take(area, row) {
  const found = asked(area);
  if (!found || row?.dataset.text === undefined) return;
  const end = area.selectionStart;
  area.focus();
  area.setSelectionRange(end - found[2].length - found[3].length, end);
  if (!document.execCommand("insertText", false, row.dataset.text)) {
    area.setRangeText(row.dataset.text, area.selectionStart, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  close();
}

function moveBy(by) {
  const rows = [...list().querySelectorAll("[data-text]")];
  const next = rows[(rows.findIndex((row) => row.classList.contains("is-chosen")) + by + rows.length) % rows.length];
  rows.forEach((row) => { row.classList.toggle("is-chosen", row === next); row.setAttribute("aria-selected", String(row === next)); });
  next?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("input", (event) => {
  if (event.isComposing || !event.target.matches?.("[data-replies]")) return;
  clearTimeout(timer);
  if (!asked(event.target)) { close(); return; }
  timer = setTimeout(() => offer(event.target).catch(close), WAIT_MS);
});
document.addEventListener("keydown", (event) => {
  if (isComposing(event) || !isOpen() || !event.target.matches?.("[data-replies]") || event.ctrlKey || event.metaKey) return;
  const chosen = list().querySelector(".is-chosen");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") moveBy(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Escape") close();
  else if ((event.key === "Enter" || event.key === "Tab") && chosen) take(event.target, chosen);
  else return;
  event.preventDefault();
});
document.addEventListener("click", (event) => {
  const row = event.target.closest("#reply-list [data-text]");
  const area = document.querySelector("[data-replies]");
  if (row) take(area, row);
  else if (event.target.closest("[data-opens-replies]")) {
    area.focus();
    const before = area.value.slice(0, area.selectionStart);
    document.execCommand("insertText", false, /(^|\s)$/.test(before) ? "::" : " ::");
  } else if (!event.target.closest("[data-replies]")) close();
});
