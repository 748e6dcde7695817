// What the server finds for the words in the command palette. One question at a time, the last one counts.
const WAIT_MS = 200;
let timer = 0;
let asking = null;

export function find(url, text, show) {
  clearTimeout(timer);
  asking?.abort();
  if (!text) return;
  timer = setTimeout(async () => {
    asking = new AbortController();
    try {
      const answer = await fetch(`${url}?q=${encodeURIComponent(text)}`, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (answer.ok) show((await answer.json()).found);
    } catch {
      // Asked anew meanwhile, or offline: the commands stay.
    }
  }, WAIT_MS);
}
