// What a search for help showed is sent once the page stands still for a moment: typing on begins anew.
const STILL_FOR_MS = 1200;
let timer;

function send() {
  for (const form of document.querySelectorAll("form[data-looked]")) {
    const said = new FormData(form);
    const once = `${said.get("words")}|${said.get("articles")}`;
    if (form.dataset.sent === once) continue;
    form.dataset.sent = once;
    // Nothing on the page depends on the answer.
    fetch(form.action, { method: "POST", body: said, keepalive: true }).catch(() => {});
  }
}

function wait() {
  clearTimeout(timer);
  if (document.querySelector("form[data-looked]")) timer = setTimeout(send, STILL_FOR_MS);
}

document.addEventListener("htmx:afterSettle", wait);
wait();
