// Definitions appear on hover and focus by style alone; Escape puts one away until the pointer or focus moves on.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const figure of document.querySelectorAll(".figure:hover, .figure:focus-within")) figure.dataset.dismissed = "";
});

for (const figure of document.querySelectorAll(".figure")) {
  const again = () => delete figure.dataset.dismissed;
  figure.addEventListener("pointerleave", again);
  figure.addEventListener("focusout", again);
}
