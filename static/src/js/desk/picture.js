// <button data-picture="address of an SVG" data-name="file name">: the drawing as PNG, painted by the browser.
import { say } from "../words.js";
import { toast } from "../toasts.js";

const SCALE = 2;
const MOST = 8000; // pixels a side: more than this a canvas may refuse

function offered() {
  document.querySelectorAll("[data-picture][hidden]").forEach((button) => { button.hidden = false; });
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function paint(button) {
  const answer = await fetch(button.dataset.picture);
  if (!answer.ok) throw new Error(String(answer.status));
  const address = URL.createObjectURL(new Blob([await answer.text()], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = address;
  await image.decode();
  const scale = Math.min(SCALE, MOST / image.naturalWidth, MOST / image.naturalHeight);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  save(await new Promise((done) => { canvas.toBlob(done, "image/png"); }), button.dataset.name);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-picture]");
  if (!button) return;
  try {
    await paint(button);
  } catch {
    toast(say("server_error"), { tone: "red" });
  }
});
document.addEventListener("htmx:afterSettle", offered);
offered();
