// <button data-copy="text">: puts the text on the clipboard and says so.
import { say } from "./words.js";
import { toast } from "./toasts.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    toast(say("copied"));
  } catch {
    toast(say("copy_failed"), { tone: "yellow" }); // plain http or a refused permission
  }
});
