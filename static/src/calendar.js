// The calendar of changes over the table that the page carries; without this the table is the page.
import { createCalendar, DayGrid, List, ResourceTimeline, TimeGrid } from "@event-calendar/core";

const place = document.getElementById("calendar");
const drawing = JSON.parse(document.getElementById("drawing")?.textContent || "null");
const VIEWS = { month: "dayGridMonth", week: "timeGridWeek", services: "resourceTimelineWeek", teams: "resourceTimelineWeek" };
const narrow = matchMedia("(max-width: 47.99em)");

// On a phone a grid of days is too fine: the same events as a list.
function viewOf() {
  if (!narrow.matches) return VIEWS[drawing.view];
  return drawing.view === "month" ? "listMonth" : "listWeek";
}

function content({ event, timeText }) {
  const { collides } = event.extendedProps;
  const title = document.createElement("span");
  title.className = "calendar-title";
  title.textContent = `${collides ? `⚠ ${collides} · ` : ""}${event.title}`;
  if (!timeText) return { domNodes: [title] };
  const time = document.createElement("time");
  time.textContent = timeText;
  return { domNodes: [time, title] };
}

function follow(event) {
  if (event.extendedProps.url) location.href = event.extendedProps.url;
}

function draw() {
  place.hidden = false;
  place.closest("section").removeAttribute("aria-hidden");
  const calendar = createCalendar(place, [DayGrid, TimeGrid, List, ResourceTimeline], {
    view: viewOf(),
    date: drawing.day,
    events: drawing.events,
    resources: drawing.resources,
    headerToolbar: { start: "", center: "", end: "" },
    locale: document.documentElement.lang,
    firstDay: 1,
    height: drawing.view === "week" && !narrow.matches ? "38rem" : undefined,
    scrollTime: "00:00:00",
    slotDuration: drawing.view === "week" ? "01:00:00" : "06:00:00",
    slotWidth: 44,
    dayMaxEvents: false,
    displayEventEnd: true,
    nowIndicator: true,
    highlightedDates: [drawing.today],
    eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
    slotLabelFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
    eventContent: (info) => content(info),
    eventClick: ({ event }) => follow(event),
    noEventsContent: "",
  });
  narrow.addEventListener("change", () => calendar.setOption("view", viewOf()));
  place.dataset.drawn = String(drawing.events.length);
}

if (place && drawing) draw();
