// The graph of items over the tree and the table that the page already carries; without it they are the page.
import cytoscape from "cytoscape";
import { colours } from "./js/insights/colours.js";

const place = document.getElementById("graph");
const { nodes, edges } = JSON.parse(document.getElementById("drawing")?.textContent || '{"nodes":[],"edges":[]}');

function styles() {
  const paint = colours();
  const isDark = document.documentElement.dataset.bsTheme === "dark";
  const red = isDark ? "#ff8f8f" : "#c0282d";
  return [
    { selector: "node", style: {
      label: "data(text)", color: paint.ink, "background-color": paint.sunk, "border-color": paint.quiet,
      "border-width": 2, "font-size": 11, "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap",
      "text-max-width": 120, "text-background-color": paint.surface, "text-background-opacity": 0.8,
    } },
    { selector: "node[family = 'service']", style: { shape: "round-rectangle", width: 44 } },
    { selector: "node[family = 'network']", style: { shape: "diamond" } },
    { selector: "node[?group]", style: { shape: "round-octagon", "border-style": "dashed" } },
    { selector: "node[?fails]", style: { "border-color": red, "border-width": 4 } },
    { selector: "node[?start]", style: { "background-color": paint.first } },
    { selector: "edge", style: {
      width: 1.5, "line-color": paint.quiet, "target-arrow-color": paint.quiet, "target-arrow-shape": "triangle",
      "curve-style": "bezier", label: "data(label)", color: paint.ink, "font-size": 10,
      "text-background-color": paint.surface, "text-background-opacity": 1,
    } },
    { selector: "edge[?redundant]", style: { "line-style": "dashed" } },
  ];
}

// What it needs stands above the item, what rests on it below; a wide layer is broken into lines.
const WIDE = 9;
const GAP = { x: 150, y: 95 };

function positions() {
  const layers = new Map();
  nodes.forEach((one) => layers.set(one.level, [...(layers.get(one.level) ?? []), one]));
  const found = {};
  let y = 0;
  for (const level of [...layers.keys()].sort((a, b) => a - b)) {
    const layer = layers.get(level);
    const lines = Math.ceil(layer.length / WIDE);
    const wide = Math.ceil(layer.length / lines);
    layer.forEach((one, at) => {
      const line = Math.floor(at / wide);
      const count = Math.min(wide, layer.length - line * wide);
      found[one.id] = { x: ((at % wide) - (count - 1) / 2) * GAP.x, y: y + line * GAP.y };
    });
    y += lines * GAP.y;
  }
  return found;
}

function draw() {
  place.hidden = false;
  // The library would add a style element, which the page's policy forbids; ours says the same.
  const stand = document.createElement("template");
  stand.id = "__________cytoscape_stylesheet";
  document.head.append(stand);
  const marked = (node) => Object.values(node.marks).reduce((sum, one) => sum + one, 0);
  const graph = cytoscape({
    container: place,
    elements: [
      ...nodes.map((data) => ({ data: { ...data, text: marked(data) ? `${data.label} (${marked(data)})` : data.label } })),
      ...edges.map((data) => ({ data })),
    ],
    style: styles(),
    layout: { name: "preset", positions: positions(), padding: 24 },
    maxZoom: 2,
  });
  graph.on("tap", "node", ({ target }) => {
    if (/^\d+$/.test(target.id())) location.href = `../../${target.id()}/`;
  });
  place.dataset.drawn = String(graph.nodes().length);
  const repaint = () => graph.style(styles());
  new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
}

if (place && nodes.length) draw();
