// The dashboard: its filter bar, its definitions, and the chart library once the page stands.
import "./js/insights/filters.js";
import "./js/insights/tips.js";

const place = document.querySelector("[data-charts]");

// The library is as heavy as all else together, so the figures come first.
if (place?.querySelector("[data-chart]")) {
  const script = document.createElement("script");
  script.src = place.dataset.charts;
  document.head.append(script);
}
