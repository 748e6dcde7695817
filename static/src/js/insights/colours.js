// The page's colours as the chart library needs them: resolved for the theme of this moment.
export function colours() {
  const probe = document.body.appendChild(document.createElement("span"));
  const isDark = document.documentElement.dataset.bsTheme === "dark";
  probe.style.colorScheme = isDark ? "dark" : "light";
  const resolved = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const found = {
    ink: resolved("--ink"),
    quiet: resolved("--ink-quiet"),
    line: resolved("--line"),
    surface: resolved("--surface"),
    sunk: resolved("--surface-sunk"),
    first: isDark ? "#8fb0ff" : "#2f5bd7",
    second: isDark ? "#62c9a6" : "#0e7a5f",
    heat: isDark ? ["#1d2b52", "#3f63c0", "#b9ccff"] : ["#e3ebfd", "#7f9fec", "#1f3f9e"],
  };
  probe.remove();
  return found;
}
