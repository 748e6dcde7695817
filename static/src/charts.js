// Charts over the tables that the page already carries. Fetched by dashboard.js; without it the tables are the page.
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { colours } from "./js/insights/colours.js";
import { optionsOf } from "./js/insights/options.js";

use([
  BarChart, HeatmapChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent,
  VisualMapComponent, CanvasRenderer,
]);

const root = document.documentElement;
const { charts = [], words = {} } = JSON.parse(document.getElementById("drawn")?.textContent || "{}");
const drawn = new Map();

function draw(chart) {
  const place = document.getElementById(`chart-${chart.key}`);
  if (!place) return;
  const table = document.getElementById(`table-${chart.key}`);
  if (!drawn.has(chart.key)) {
    place.hidden = false;
    table.hidden = true;
    const picture = init(place);
    picture.on("click", ({ dataIndex, seriesIndex, value }) => {
      const [row, cell] = chart.kind === "heat" ? [value[1], value[0]] : [dataIndex, seriesIndex];
      if (chart.values[row][cell]) location.href = chart.urls[row][cell];
    });
    new ResizeObserver(() => place.clientWidth && picture.resize()).observe(place);
    drawn.set(chart.key, picture);
  }
  drawn.get(chart.key).setOption(optionsOf(chart, colours(), words), true);
}

const drawAll = () => charts.forEach(draw);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-toggle-table]");
  if (!button) return;
  const key = button.dataset.toggleTable;
  const asTable = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(asTable));
  document.getElementById(`chart-${key}`).hidden = asTable;
  document.getElementById(`table-${key}`).hidden = !asTable;
});

// Paper is white whatever the theme on the screen.
let theme = null;
addEventListener("beforeprint", () => {
  theme = root.dataset.bsTheme;
  root.dataset.bsTheme = "light";
  drawAll();
});
addEventListener("afterprint", () => {
  if (theme) root.dataset.bsTheme = theme;
  theme = null;
});

new MutationObserver(drawAll).observe(root, { attributes: true, attributeFilter: ["data-bs-theme"] });
drawAll();
