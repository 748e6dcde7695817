// The appearance buttons: applied at once, then kept by the server (and in a cookie for visitors).
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  const theme = event.submitter?.value;
  if (!form || !theme) return;
  event.preventDefault();
  document.documentElement.dataset.theme = theme;
  window.applyTheme();
  form.querySelectorAll("button[name=theme]").forEach((button) => button.setAttribute("aria-pressed", String(button.value === theme)));
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  const body = new FormData(form, event.submitter);
  if (form.getAttribute("action")) fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
});
