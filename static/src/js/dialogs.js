// Native <dialog>: <button data-dialog="id"> opens one; htmx answers put into #dialog-slot open by themselves.
function open(dialog) {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector("[autofocus], input:not([type=hidden]), select, textarea")?.focus();
}

export function closeDialog() {
  document.querySelector("dialog[open]")?.close();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog) { event.preventDefault(); open(dialog); }
    return;
  }
  const box = event.target.closest("dialog");
  if (!box || !(event.target.closest("[data-close]") || event.target === box)) return;
  event.preventDefault();
  box.close();
});
document.addEventListener("htmx:afterSettle", (event) => {
  const slot = document.getElementById("dialog-slot");
  if (slot && (event.detail.target === slot || slot.contains(event.detail.elt))) open(slot.querySelector("dialog"));
});
// What was fetched for one occasion is gone with it, so that the next one starts fresh.
document.addEventListener("close", (event) => {
  const slot = document.getElementById("dialog-slot");
  if (slot?.contains(event.target)) slot.replaceChildren();
}, true);
document.addEventListener("close-dialog", closeDialog); // HX-Trigger: close-dialog
