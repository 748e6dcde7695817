// From a chart's rows to the library's options. Tooltips are drawn, not built of HTML: the content policy allows no
// styles in markup.
const MOST_BARS = 12;

export function optionsOf(chart, colour, words) {
  const make = { line, bars, heat }[chart.kind];
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    aria: { enabled: true, label: { description: described(chart, words) } },
    tooltip: tip(colour),
    ...make(chart, colour, words),
  };
}

function described(chart, words) {
  const totals = chart.series.map((name, at) => `${name} ${chart.values.reduce((sum, row) => sum + row[at], 0)}`);
  return `${chart.title}. ${chart.kind === "heat" ? "" : `${totals.join(", ")}. `}${words.table}`;
}

const text = (colour) => ({ color: colour.quiet, fontSize: 12 });

function axisOfCounts(colour) {
  return {
    type: "value",
    minInterval: 1,
    axisLabel: text(colour),
    splitLine: { lineStyle: { color: colour.line } },
  };
}

function axisOfNames(names, colour, more = {}) {
  return {
    type: "category",
    data: names,
    axisLabel: { ...text(colour), ...more },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colour.line } },
  };
}

function line(chart, colour) {
  const styles = [
    { color: colour.first, symbol: "circle", type: "solid" },
    { color: colour.second, symbol: "rect", type: "dashed" },
  ];
  return {
    legend: { top: 0, left: 0, itemWidth: 28, textStyle: { color: colour.ink, fontSize: 13 } },
    grid: { left: 4, right: 12, top: 36, bottom: 4, containLabel: true },
    tooltip: { ...tip(colour), trigger: "axis" },
    xAxis: axisOfNames(chart.labels, colour, { hideOverlap: true }),
    yAxis: axisOfCounts(colour),
    series: chart.series.map((name, at) => ({
      type: "line",
      name,
      data: chart.values.map((row) => row[at]),
      symbol: styles[at].symbol,
      symbolSize: 7,
      showSymbol: chart.labels.length < 40,
      itemStyle: { color: styles[at].color },
      lineStyle: { width: 2, type: styles[at].type, color: styles[at].color },
    })),
  };
}

function tip(colour) {
  return {
    renderMode: "richText",
    confine: true,
    backgroundColor: colour.surface,
    borderColor: colour.line,
    textStyle: { color: colour.ink, fontSize: 13 },
  };
}

function bars(chart, colour) {
  const names = chart.labels.slice(0, MOST_BARS);
  return {
    grid: { left: 4, right: 36, top: 4, bottom: 4, containLabel: true },
    xAxis: { ...axisOfCounts(colour), axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: { ...axisOfNames(names, colour, { color: colour.ink, width: 150, overflow: "truncate" }), inverse: true },
    series: [
      {
        type: "bar",
        name: chart.series[0],
        data: chart.values.slice(0, MOST_BARS).map((row) => row[0]),
        barMaxWidth: 22,
        itemStyle: { color: colour.first, borderRadius: [0, 4, 4, 0] },
        label: { show: true, position: "right", color: colour.ink },
      },
    ],
  };
}

function heat(chart, colour, words) {
  const cells = chart.values.flatMap((row, day) => row.map((count, hour) => [hour, day, count]));
  const most = Math.max(...cells.map((cell) => cell[2]));
  const stripes = { show: true, areaStyle: { color: [colour.sunk] } };
  return {
    grid: { left: 4, right: 4, top: 4, bottom: 44, containLabel: true },
    tooltip: {
      ...tip(colour),
      formatter: ({ value: [hour, day, count] }) => `${chart.labels[day]} ${hour}:00–${hour}:59  ${count}`,
    },
    xAxis: { ...axisOfNames(chart.series, colour), splitArea: stripes },
    yAxis: { ...axisOfNames(chart.labels, colour), inverse: true },
    visualMap: {
      min: 1,
      max: Math.max(2, most),
      orient: "horizontal",
      left: "center",
      bottom: 0,
      itemHeight: 120,
      text: [words.more, words.less],
      textStyle: { color: colour.quiet },
      inRange: { color: colour.heat },
    },
    series: [{ type: "heatmap", data: cells.filter((cell) => cell[2]), itemStyle: { borderColor: colour.surface, borderWidth: 2, borderRadius: 3 } }],
  };
}
