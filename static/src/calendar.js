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

function content({ event, timeText }) {
  const title = document.createElement("span");
  title.className = "calendar-title";
  if (event.display !== "background") {
    const time = document.createElement("time");
    time.textContent = timeText;
    title.append(time, " ");
  }
  const { collides } = event.extendedProps;
  if (collides) {
    const mark = document.createElement("strong");
    mark.textContent = `⚠ ${collides}`;
    title.append(mark, " ");
  }
  title.append(event.title);
  return { domNodes: [title] };
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
    eventClick: ({ event }) => {
      if (event.extendedProps.url) location.href = event.extendedProps.url;
    },
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
  narrow.addEventListener("change", () => calendar.setOption("view", viewOf()));
  place.dataset.drawn = String(drawing.events.length);
}

if (place && drawing) draw();
