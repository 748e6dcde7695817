// Working hours drawn as bars over the text fields of a week; the text is what is sent.
// [data-hours-bar="id"]: drag on it to add an interval, drag an interval to move it, its right edge to make it longer.
// Keys on an interval: arrows move it by a quarter of an hour, Shift and arrows move its end, Enter adds, Delete removes.
const DAY = 24 * 60;
const STEP = 15;
const PATTERN = /(\d{1,2}):?(\d{2})\s*(?:[-–—~～]|至|到|to)\s*(\d{1,2}):?(\d{2})/g;

const text = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const snap = (minute) => Math.round(minute / STEP) * STEP;
const clamp = (minute, low, high) => Math.min(Math.max(minute, low), high);

// An overnight interval ends beyond 24:00 here: 22:00–06:00 is [1320, 1800].
function read(input) {
  return [...input.value.replaceAll("：", ":").matchAll(PATTERN)].map(([, a, b, c, d]) => {
    const start = a * 60 + +b, end = c * 60 + +d;
    return end > start ? [start, end] : [start, end + DAY];
  });
}

function write(bar, intervals) {
  bar.input.value = intervals.map(([start, end]) => `${text(start)}–${text(end > DAY ? end - DAY : end)}`).join(", ");
  bar.input.dispatchEvent(new Event("change", { bubbles: true }));
  draw(bar, intervals);
}

function draw(bar, intervals = read(bar.input)) {
  bar.replaceChildren(...intervals.flatMap(([start, end], index) => {
    const piece = document.createElement("button");
    piece.type = "button";
    piece.dataset.index = index;
    piece.style.left = `${(start / DAY) * 100}%`;
    piece.style.width = `${((Math.min(end, DAY) - start) / DAY) * 100}%`;
    piece.textContent = `${text(start)}–${text(end > DAY ? end - DAY : end)}`;
    piece.setAttribute("aria-label", `${bar.dataset.day} ${piece.textContent}`);
    return [piece];
  }));
  if (!intervals.length) {
    const add = document.createElement("button");
    add.type = "button";
    add.dataset.add = "";
    add.className = "visually-hidden-focusable";
    add.textContent = `${bar.dataset.day}: ${bar.dataset.new}`;
    bar.append(add);
  }
}

function addAfter(bar, index) {
  const intervals = read(bar.input);
  const start = clamp(index < 0 ? 9 * 60 : Math.min(intervals[index][1] + 60, DAY - 60), 0, DAY - 60);
  intervals.splice(index + 1, 0, [start, start + 60]);
  write(bar, intervals);
  bar.querySelectorAll("button")[index + 1].focus();
}

function pressed(bar, event) {
  const index = Number(event.target.dataset.index ?? -1);
  const intervals = read(bar.input);
  const steps = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
  if (event.key === "Enter") addAfter(bar, index);
  else if (index < 0) return;
  else if (steps) {
    const [start, end] = intervals[index];
    const moved = event.shiftKey
      ? [start, clamp(end + steps, start + STEP, start + DAY)]
      : [clamp(start + steps, 0, DAY - STEP), end + clamp(start + steps, 0, DAY - STEP) - start];
    intervals[index] = moved;
    write(bar, intervals);
    bar.querySelectorAll("button")[index].focus();
  } else if (event.key === "Delete" || event.key === "Backspace") {
    intervals.splice(index, 1);
    write(bar, intervals);
    bar.querySelector("button")?.focus();
  } else return;
  event.preventDefault();
}

function dragged(bar, event) {
  if (event.button) return;
  const box = bar.getBoundingClientRect();
  const at = (moment) => ((moment.clientX - box.left) / box.width) * DAY;
  const origin = at(event), piece = event.target.closest("[data-index]");
  const before = read(bar.input), index = piece ? Number(piece.dataset.index) : before.length;
  const [first, last] = before[index] ?? [clamp(snap(origin), 0, DAY - STEP), 0];
  const isEdge = piece && piece.getBoundingClientRect().right - event.clientX < 8;
  bar.setPointerCapture(event.pointerId);
  const move = (moment) => {
    const shift = snap(at(moment) - origin), to = clamp(snap(at(moment)), 0, DAY);
    const intervals = read(bar.input);
    if (!piece) {
      if (Math.abs(to - first) < STEP) return;
      intervals[index] = [Math.min(first, to), Math.max(first, to)];
    } else if (isEdge) intervals[index] = [first, clamp(to, first + STEP, DAY)];
    else {
      const start = clamp(first + shift, 0, Math.max(0, DAY - Math.min(last - first, DAY)));
      intervals[index] = [start, start + last - first];
    }
    write(bar, intervals);
  };
  const done = () => {
    bar.removeEventListener("pointermove", move);
    bar.querySelector(`[data-index="${index}"]`)?.focus();
  };
  bar.addEventListener("pointermove", move);
  bar.addEventListener("pointerup", done, { once: true });
  bar.addEventListener("pointercancel", done, { once: true });
}

for (const bar of document.querySelectorAll("[data-hours-bar]")) {
  bar.input = document.getElementById(bar.dataset.hoursBar);
  bar.hidden = false;
  draw(bar);
  bar.input.addEventListener("input", () => draw(bar));
  bar.addEventListener("keydown", (event) => pressed(bar, event));
  bar.addEventListener("pointerdown", (event) => dragged(bar, event));
  bar.addEventListener("click", (event) => event.target.closest("[data-add]") && addAfter(bar, -1));
}

for (const button of document.querySelectorAll("[data-add-dated]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const prefix = button.dataset.addDated;
    const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
    const row = document.querySelector(`[data-dated-template="${prefix}"]`).innerHTML.replaceAll("__prefix__", total.value);
    const rows = document.querySelector(`[data-dated-rows="${prefix}"]`);
    rows.insertAdjacentHTML("afterbegin", row);
    total.value = Number(total.value) + 1;
    rows.querySelector("input:not([type=hidden])").focus();
  });
}
