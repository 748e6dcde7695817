// <textarea data-markdown>: a small toolbar that wraps the selection; undo keeps working, phones keep their keyboard.
// data-markdown="pictures" takes up the pictures that are added to its form.
import { element, say, svgIcon, whenPresent } from "./words.js";

const TOOLS = [
  { key: "bold", icon: "bold", before: "**", after: "**" },
  { key: "list", icon: "list", line: "- " },
  { key: "link", icon: "link", before: "[", after: "](https://)" },
  { key: "code", icon: "code", before: "`", after: "`" },
  { key: "quote", icon: "quote", line: "> " },
];

function insert(area, text, from, to) {
  area.focus();
  area.setSelectionRange(from, to);
  // execCommand is the only way that keeps the browser's undo; setRangeText serves where it is gone.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function use(area, tool) {
  let { selectionStart: from, selectionEnd: to, value } = area;
  if (tool.line) {
    from = value.lastIndexOf("\n", from - 1) + 1;
    insert(area, value.slice(from, to).split("\n").map((line) => tool.line + line).join("\n"), from, to);
    return;
  }
  const chosen = value.slice(from, to);
  const isBlock = tool.key === "code" && chosen.includes("\n");
  const [before, after] = isBlock ? ["```\n", "\n```"] : [tool.before, tool.after];
  insert(area, before + chosen + after, from, to);
  area.setSelectionRange(from + before.length, from + before.length + chosen.length);
}

// Pictures that were added to the form stand where the cursor is, by the names they are kept under.
function place(area, files) {
  const shown = files.filter((file) => file.type.startsWith("image/"));
  if (!shown.length) return;
  const text = shown.map(({ name }) => `![${name.replace(/\.\w+$/, "").replace(/[[\]\\]/g, " ")}](${name})`).join("\n\n");
  insert(area, text, area.selectionStart, area.selectionEnd);
}

whenPresent("textarea[data-markdown]", (area) => {
  const bar = element("div", { class: "format-bar", role: "group", "aria-label": say("formatting") });
  for (const tool of TOOLS) {
    const button = element("button", { type: "button", class: "btn-plain", title: say(tool.key), "aria-label": say(tool.key) }, svgIcon(tool.icon));
    button.addEventListener("click", () => use(area, tool));
    bar.append(button);
  }
  area.before(bar);
  if (area.dataset.markdown === "pictures") area.form.addEventListener("files-added", (event) => place(area, event.detail));
});
