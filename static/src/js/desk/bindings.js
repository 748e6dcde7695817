// Which key a person presses for an act. Acts go by their usual key: data-key="i" is "take it" whatever one presses.
const own = JSON.parse(document.getElementById("desk-keys")?.textContent || "{}");
const usualOf = new Map(Object.entries(own).filter(([, key]) => key).map(([usual, key]) => [key, usual]));

// The act behind a pressed key: its usual key, or "" when this person has none there.
export function actOf(pressed) {
  if (usualOf.has(pressed)) return usualOf.get(pressed);
  return pressed in own ? "" : pressed;
}

export function keyFor(usual) {
  return usual in own ? own[usual] : usual;
}

export const isOff = () => document.getElementById("keys-on")?.checked === false;
