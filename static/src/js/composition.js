// Input methods: while characters are being composed nothing searches, nothing sends, no shortcut fires.
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

export function isTyping(target) {
  return target instanceof Element && Boolean(target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]"));
}

document.addEventListener("input", (event) => {
  if (event.isComposing) event.stopImmediatePropagation();
}, true);
document.addEventListener("compositionend", (event) => {
  event.target.dispatchEvent(new Event("input", { bubbles: true }));
});
document.addEventListener("keydown", (event) => {
  if (isComposing(event)) {
    event.stopImmediatePropagation();
    if (event.key === "Enter" && event.target.matches?.("input")) event.preventDefault();
    return;
  }
  // A form in which somebody writes is sent by its button, never by Enter.
  const writes = event.target.closest?.("form[data-draft]");
  if (event.key === "Enter" && writes && event.target.matches("input:not([type=submit]):not([type=button])")) event.preventDefault();
}, true);
