// An outline edited by the keyboard: <form data-outline>. Every act has a button; without this file they go to the server.
import { isComposing } from "../composition.js";

const DEEPEST = 9;
const STATES = ["suspected", "confirmed", "ruled_out"];

const listOf = (row) => row.closest("form[data-outline]").querySelector(".outline");
const rowsOf = (list) => [...list.querySelectorAll(":scope > .outline-row")];
const depthOf = (row) => Number(row.dataset.depth);
const field = (row) => row.querySelector("[name=text]");

function setDepth(row, depth) {
  row.classList.replace(`is-deep-${row.dataset.depth}`, `is-deep-${depth}`);
  row.dataset.depth = depth;
  const place = row.querySelector("[name=row]");
  place.value = `${place.value.split(":")[0]}:${depth}`;
}

// A row with all that is below it.
function branch(row) {
  const all = rowsOf(listOf(row));
  const at = all.indexOf(row);
  let end = at + 1;
  while (end < all.length && depthOf(all[end]) > depthOf(row)) end += 1;
  return { all, at, end, rows: all.slice(at, end) };
}

const acts = {
  indent(row) {
    const { all, at, rows } = branch(row);
    if (!at || depthOf(row) > depthOf(all[at - 1]) || Math.max(...rows.map(depthOf)) >= DEEPEST) return;
    rows.forEach((one) => setDepth(one, depthOf(one) + 1));
  },
  outdent(row) {
    if (!depthOf(row)) return;
    branch(row).rows.forEach((one) => setDepth(one, depthOf(one) - 1));
  },
  up(row) {
    const { all, at, rows } = branch(row);
    let before = at - 1;
    while (before >= 0 && depthOf(all[before]) > depthOf(row)) before -= 1;
    if (before >= 0 && depthOf(all[before]) === depthOf(row)) all[before].before(...rows);
  },
  down(row) {
    const { all, end, rows } = branch(row);
    if (end < all.length && depthOf(all[end]) === depthOf(row)) branch(all[end]).rows.at(-1).after(...rows);
  },
  add(row) {
    const blank = row.closest("form").querySelector("template[data-blank]").content.firstElementChild.cloneNode(true);
    branch(row).rows.at(-1).after(blank);
    setDepth(blank, depthOf(row));
    return blank;
  },
  remove(row) {
    const { all, at, end, rows } = branch(row);
    const next = all[at - 1] || all[end] || acts.add(row);
    removed = { rows, next: all[end], list: listOf(row) };
    row.closest("form").querySelector("[data-put-back]").hidden = false;
    rows.forEach((one) => one.remove());
    return next;
  },
};

// What was removed last, and where it stood: one click brings it back.
let removed = null;

function putBack(form) {
  const { rows, next, list } = removed;
  if (next && next.parentNode === list) next.before(...rows);
  else list.append(...rows);
  removed = null;
  form.querySelector("[data-put-back]").hidden = true;
  field(rows[0]).focus();
}

function act(row, name) {
  const form = row.closest("form");
  const shown = acts[name](row) || row;
  form.querySelector("[data-unsaved]").hidden = false;
  field(shown).focus();
}

// The button of a row that opens it is sent with the row's place, which may have changed here.
function number(form) {
  rowsOf(form.querySelector(".outline")).forEach((row, at) => {
    row.querySelectorAll("[data-act]").forEach((button) => { button.value = `${button.dataset.act}-${at}`; });
  });
}

document.addEventListener("click", (event) => {
  const back = event.target.closest("form[data-outline] [data-put-back]");
  if (back) return putBack(back.form);
  const button = event.target.closest("form[data-outline] [data-act]");
  if (!button) return;
  if (button.dataset.act === "open") return number(button.form);
  event.preventDefault();
  act(button.closest(".outline-row"), button.dataset.act);
});

function keyed(event, row) {
  const list = rowsOf(listOf(row));
  const at = list.indexOf(row);
  const { key, altKey, shiftKey, ctrlKey, metaKey } = event;
  if (key === "Enter" && (ctrlKey || metaKey)) return row.closest("form").requestSubmit();
  if (ctrlKey || metaKey) return false;
  if (key === "Enter") return act(row, "add");
  if (key === "Tab") return act(row, shiftKey ? "outdent" : "indent");
  if (altKey && key === "ArrowUp") return act(row, "up");
  if (altKey && key === "ArrowDown") return act(row, "down");
  if (key === "ArrowUp") return list[at - 1] && field(list[at - 1]).focus();
  if (key === "ArrowDown") return list[at + 1] && field(list[at + 1]).focus();
  if (key === "Backspace" && !field(row).value && list.length > 1) return act(row, "remove");
  // The text is left for what follows it, from where Tab goes on as everywhere.
  if (key === "Escape") return row.querySelector("[data-act]").focus();
  if (key === "F2") {
    const state = row.querySelector("[name=state]");
    state.value = STATES[(STATES.indexOf(state.value) + 1) % STATES.length];
    row.closest("form").querySelector("[data-unsaved]").hidden = false;
    return undefined;
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (isComposing(event)) return;
  const form = event.target.closest?.("form[data-outline]");
  if (!form) return;
  const row = event.target.matches("[name=text]") ? event.target.closest(".outline-row") : null;
  const isSave = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (row ? keyed(event, row) === false : !isSave) return;
  event.preventDefault();
  event.stopPropagation();
  if (!row) form.requestSubmit();
});

document.addEventListener("input", (event) => {
  const mark = event.target.closest("form[data-outline]")?.querySelector("[data-unsaved]");
  if (mark) mark.hidden = false;
});

// After a save the same row has the focus again. What else settles on the page meanwhile is not the save.
let place = -1;
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.matches?.("form[data-outline]")) return;
  place = rowsOf(event.target.querySelector(".outline")).indexOf(document.activeElement.closest(".outline-row"));
});
document.addEventListener("htmx:afterSettle", (event) => {
  const list = event.target.querySelector?.("form[data-outline] .outline");
  if (place < 0 || !list) return;
  const rows = rowsOf(list);
  field(rows[Math.min(place, rows.length - 1)]).focus();
  place = -1;
});
window.addEventListener("beforeunload", (event) => {
  const mark = document.querySelector("form[data-outline] [data-unsaved]");
  if (mark && !mark.hidden && !document.querySelector("form[data-outline].htmx-request")) event.preventDefault();
});
