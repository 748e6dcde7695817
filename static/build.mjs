// Bundles static/src into static/dist. Run by the launcher: `node static/build.mjs`.
// A script or style without a source file is left out, so that the parts can grow one by one.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const source = (name) => join(here, "src", name);
const target = (name) => join(here, "dist", name);
const ENTRIES = ["theme.js", "portal.js", "desk.js", "dashboard.js", "charts.js", "graph.js", "calendar.js", "app.css", "calendar.css"];

function names(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter(Boolean);
}

// Icons are named in icons.txt, one a line: `alert-circle`, or `star/filled` for the filled drawing.
function sprite(wanted) {
  const drawings = {};
  const symbols = wanted.map((name) => {
    const [icon, kind = "outline"] = name.split("/");
    const file = kind === "filled" ? "tabler-sprite-filled.svg" : "tabler-sprite.svg";
    drawings[file] ??= readFileSync(join(here, "../node_modules/@tabler/icons-sprite/dist", file), "utf8");
    const id = kind === "filled" ? `tabler-filled-${icon}` : `tabler-${icon}`;
    const found = drawings[file].match(new RegExp(`<symbol[^>]*id="${id}"[^>]*>.*?</symbol>`, "s"));
    if (!found) throw new Error(`static/src/icons.txt: there is no icon "${name}"`);
    return found[0].replace(`id="${id}"`, `id="${name.replace("/", "-")}"`);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

rmSync(join(here, "dist"), { recursive: true, force: true });
mkdirSync(join(here, "dist"), { recursive: true });

await build({
  entryPoints: ENTRIES.filter((name) => existsSync(source(name))).map(source),
  outdir: join(here, "dist"),
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2020", "safari15"],
  loader: { ".svg": "file", ".woff2": "file", ".png": "file" },
  assetNames: "[name]-[hash]",
  legalComments: "eof",
  logLevel: "warning",
  // package.json says "module"; the bundles are classic scripts that CSP allows from our own origin
  define: { "process.env.NODE_ENV": '"production"' },
});

const icons = names(source("icons.txt"));
if (icons.length) writeFileSync(target("icons.svg"), sprite(icons));

for (const name of [...ENTRIES, "icons.svg"].filter((file) => existsSync(target(file)))) {
  const packed = gzipSync(readFileSync(target(name))).length;
  console.log(`${name}: ${statSync(target(name)).size} bytes, ${packed} compressed`);
}
