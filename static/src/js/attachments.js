// <div data-attachments data-max-bytes="…">: files by choice, paste, drag or camera, with a size check and progress.
import { element, say, svgIcon, whenPresent } from "./words.js";
import { toast } from "./toasts.js";

function sizeWords(bytes) {
  return bytes >= 1048576 ? `${+(bytes / 1048576).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1024))} kB`;
}

function setUp(zone) {
  const input = zone.querySelector("input[type=file]:not([capture])");
  const camera = zone.querySelector("input[type=file][capture]");
  const list = zone.querySelector("[data-file-list]");
  const limit = Number(zone.dataset.maxBytes) || Infinity;
  let kept = [];

  function show() {
    const files = new DataTransfer();
    kept.forEach((file) => files.items.add(file));
    input.files = files.files;
    list.replaceChildren(...kept.map((file, index) => {
      const remove = element("button", { type: "button", class: "btn-plain", "aria-label": `${say("remove")} ${file.name}` }, svgIcon("x"));
      remove.addEventListener("click", () => { kept.splice(index, 1); show(); input.focus(); });
      return element("li", { class: "attachment" }, svgIcon(file.type.startsWith("image/") ? "photo" : "file"), `${file.name} · ${sizeWords(file.size)}`, remove);
    }));
  }

  function add(files) {
    const before = kept.length;
    for (const file of files) {
      if (file.size > limit) toast(say("too_large", { name: file.name, limit: sizeWords(limit) }), { tone: "red", stays: true });
      else if (!kept.some((other) => other.name === file.name && other.size === file.size && other.lastModified === file.lastModified)) kept.push(file);
    }
    show();
    zone.dispatchEvent(new CustomEvent("files-added", { bubbles: true, detail: kept.slice(before) }));
  }

  input.addEventListener("change", () => add([...input.files]));
  camera?.addEventListener("change", () => { add([...camera.files]); camera.value = ""; });
  const form = zone.closest("form");
  form.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files || [])];
    if (!files.length) return;
    event.preventDefault();
    add(files.map((file) => file.name === "image.png" ? new File([file], `screenshot-${Date.now()}.png`, { type: file.type }) : file));
  });
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) zone.classList.remove("is-over"); });
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    zone.classList.remove("is-over");
    add([...event.dataTransfer.files]);
  });
  form.addEventListener("reset", () => { kept = []; show(); });
  form.addEventListener("htmx:xhr:progress", (event) => {
    if (!kept.length || !event.detail.lengthComputable) return;
    let bar = zone.querySelector("progress");
    if (!bar) zone.append(bar = element("progress", { class: "upload-progress", max: 100, "aria-label": say("uploading", { percent: "" }) }));
    bar.value = Math.round((100 * event.detail.loaded) / event.detail.total);
  });
  form.addEventListener("htmx:afterRequest", () => zone.querySelector("progress")?.remove());
}

whenPresent("[data-attachments]", setUp);
