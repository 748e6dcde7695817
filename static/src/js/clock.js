// <time data-relative datetime="…">: "3 minutes ago" stays true while the page is open.
import { say } from "./words.js";

const REFRESH_MS = 30000;
const WEEK = 7 * 86400;
const format = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always" });

export function relativeWords(seconds) {
  const distance = Math.abs(seconds);
  if (distance < 45) return say("just_now");
  if (distance < 3570) return format.format(Math.sign(seconds) * Math.max(1, Math.round(distance / 60)), "minute");
  if (distance < 84600) return format.format(Math.round(seconds / 3600), "hour");
  return format.format(Math.round(seconds / 86400), "day");
}

function refresh() {
  if (document.hidden) return;
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const seconds = (new Date(time.dateTime) - Date.now()) / 1000;
    if (Math.abs(seconds) < WEEK) time.textContent = relativeWords(seconds);
  }
}

setInterval(refresh, REFRESH_MS);
document.addEventListener("visibilitychange", refresh);
