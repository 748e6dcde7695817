// Runs before the first paint: the person's choice (from the server, or kept here for visitors), else the system's.
(function () {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    const choice = root.dataset.theme;
    root.dataset.bsTheme = choice === "light" || choice === "dark" ? choice : system.matches ? "dark" : "light";
  }
  system.addEventListener("change", apply);
  window.applyTheme = apply;
  root.classList.add("js"); // styles may hide what only a page without scripts needs
  apply();
})();
