// Ctrl K: go to a view, jump to a number, take a step of the ticket on the screen.
import { element } from "../words.js";
import { isComposing } from "../composition.js";
import { find } from "./finding.js";
import { keyFor } from "./bindings.js";

const NUMBER = /^[a-z]{0,4}\d{1,9}$/i;
let only = "";

const box = () => document.getElementById("palette");
const words = () => document.getElementById("palette-words");
const list = () => document.getElementById("palette-list");

function labelOf(source) {
  const clone = source.cloneNode(true);
  clone.querySelectorAll("svg, kbd, .view-count").forEach((part) => part.remove());
  return clone.textContent.trim().replace(/\s+/g, " ");
}

function commands() {
  const scope = only === "transitions" ? "[data-transitions] [data-palette]" : "[data-palette]";
  return [...document.querySelectorAll(scope)].map((source) => ({ label: source.dataset.palette || labelOf(source), source, key: keyFor(source.dataset.key) }));
}

function show() {
  const text = words().value.trim().toLowerCase();
  const found = commands().filter((command) => command.label.toLowerCase().includes(text)).slice(0, 12);
  const items = found.map(({ label, source, key }) => ({ label, key, run: () => source.click() }));
  if (text && !only) {
    const search = { label: `${box().querySelector("[data-go-to]").dataset.goTo} “${words().value.trim()}”`, run: () => box().querySelector("form").submit() };
    if (NUMBER.test(text)) items.unshift(search); else items.push(search);
  }
  list().replaceChildren(...items.map(rowOf));
  words().setAttribute("aria-activedescendant", items.length ? "palette-0" : "");
  find(box().querySelector("form").dataset.suggest, only ? "" : words().value.trim(), (hits) => {
    hits.forEach((hit) => list().append(rowOf({ label: hit.label, detail: hit.detail, run: () => location.assign(hit.url) }, list().children.length)));
  });
}

function rowOf(item, index) {
  const row = element("li", { role: "option", id: `palette-${index}`, "aria-selected": String(index === 0), class: index ? "" : "is-chosen" }, element("span", {}, item.label));
  if (item.key) row.append(element("kbd", {}, item.key));
  if (item.detail) row.append(element("span", { class: "quiet small" }, item.detail));
  row.addEventListener("click", () => run(item));
  row.run = () => run(item);
  return row;
}

function run(item) {
  box().close();
  item.run();
}

function moveTo(by) {
  const all = [...list().children];
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains("is-chosen"));
  const next = all[(at + by + all.length) % all.length];
  all.forEach((row) => { row.classList.toggle("is-chosen", row === next); row.setAttribute("aria-selected", String(row === next)); });
  next.scrollIntoView({ block: "nearest" });
  words().setAttribute("aria-activedescendant", next.id);
}

export function openPalette(kind = "") {
  if (!box() || document.querySelector("dialog[open]")) return;
  only = kind;
  box().showModal();
  words().value = "";
  words().focus();
  show();
}

if (box()) {
  words().addEventListener("input", (event) => { if (!event.isComposing) show(); });
  words().addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); moveTo(event.key === "ArrowDown" ? 1 : -1); }
    if (event.key === "Enter") { event.preventDefault(); list().querySelector(".is-chosen")?.run(); }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-opens-palette]")) return;
    only = "";
    words().value = "";
    show();
  });
}
