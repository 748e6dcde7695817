// The calendar of changes over the table that the page carries; without this the table is the page.
import { createCalendar, DayGrid, List, ResourceTimeline, TimeGrid } from "@event-calendar/core";

const place = document.getElementById("calendar");
const drawing = JSON.parse(document.getElementById("drawing")?.textContent || "null");
const HOUR = { hour: "2-digit", minute: "2-digit", hour12: false };
const VIEWS = {
  month: "dayGridMonth",
  week: "timeGridWeek",
  // the time line of days, seven of them: of hours a night's work would be a few pixels wide
  services: "resourceTimelineMonth",
  teams: "resourceTimelineMonth",
};
const narrow = matchMedia("(max-width: 47.99em)");

// On a phone a grid of days is too fine: the same events as a list.
function viewOf() {
  if (!narrow.matches) return VIEWS[drawing.view];
  return drawing.view === "month" ? "listMonth" : "listWeek";
}

// A change is a link that fills its box, so that it is reached and opened like any other.
function content({ event, timeText }) {
  const { url, collides } = event.extendedProps;
  const title = document.createElement(url ? "a" : "span");
  title.className = "calendar-title";
  if (!url) {
    title.append(event.title);
    return { domNodes: [title] };
  }
  title.href = url;
  const time = document.createElement("time");
  time.textContent = timeText;
  title.append(time, " ");
  if (collides) {
    const mark = document.createElement("strong");
    mark.textContent = `⚠ ${collides}`;
    title.append(mark, " ");
  }
  title.append(event.title);
  return { domNodes: [title] };
}

// The library calls its boxes cells and rows of a table they do not make. The table below is the table; here are links.
function plain() {
  const told = ["role", "aria-colindex", "aria-colspan", "aria-label"];
  for (const one of place.querySelectorAll("div:is([role], [aria-colindex], [aria-label])")) {
    told.forEach((name) => one.removeAttribute(name));
  }
  for (const one of place.querySelectorAll("h4:not([role])")) one.setAttribute("role", "presentation");
}

function draw() {
  document.getElementById("drawn").hidden = false;
  const calendar = createCalendar(place, [DayGrid, TimeGrid, List, ResourceTimeline], {
    view: viewOf(),
    date: drawing.day,
    events: drawing.events,
    resources: drawing.resources,
    headerToolbar: { start: "", center: "", end: "" },
    locale: document.documentElement.lang,
    firstDay: 1,
    allDaySlot: false,
    scrollTime: "00:00:00",
    displayEventEnd: true,
    nowIndicator: true,
    highlightedDates: [drawing.today],
    eventTimeFormat: HOUR,
    slotLabelFormat: HOUR,
    dayCellFormat: { day: "numeric" },
    eventContent: content,
    eventDidMount: ({ el, event }) => { el.title = event.title; },
    noEventsContent: "",
    views: {
      timeGridWeek: { slotDuration: "01:00:00", slotHeight: 22 },
      dayGridMonth: { dayCellContent: ({ date }) => String(date.getDate()) },
      resourceTimelineMonth: {
        duration: { weeks: 1 }, columnWidth: "minmax(7rem, 1fr)", displayEventEnd: true,
        dayHeaderFormat: { weekday: "short", month: "numeric", day: "numeric" },
      },
    },
  });
  plain();
  new MutationObserver(plain).observe(place, { childList: true, subtree: true });
  narrow.addEventListener("change", () => calendar.setOption("view", viewOf()));
  place.dataset.drawn = String(drawing.events.length);
}

if (place && drawing) draw();
