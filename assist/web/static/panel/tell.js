// What the panel tells: the agent, in a place that a screen reader reads out, and the service.
let count = 0;

export function say(panel, words) {
  panel.querySelector(".said").textContent = words;
}

let token = "";

// Held in memory alone: it is gone with the frame.
export function signIn(secret) {
  token = secret;
}

export function authorized(headers = {}) {
  const csrf = document.querySelector("meta[name=csrf]")?.content;
  return { ...headers, ...(csrf ? { "X-CSRF-Token": csrf } : {}), ...(token ? { Authorization: `Bearer ${token}` } : {}) };
}

// What was done with a suggestion. It costs the agent nothing when it cannot be kept.
export async function sent(panel, what) {
  const suggestion = panel.dataset.suggestion;
  if (!suggestion) return false;
  const key = what.kind === "displayed" ? `displayed.${suggestion}` : `p.${Date.now()}.${++count}`;
  const body = { key, ...(panel.dataset.nobody ? { by: panel.dataset.nobody } : {}), ...what };
  try {
    const answer = await fetch(`/v1/suggestions/${encodeURIComponent(suggestion)}/feedback`, {
      method: "POST", keepalive: true, credentials: "same-origin", body: JSON.stringify(body),
      headers: authorized({ "Content-Type": "application/json" }),
    });
    return answer.ok;
  } catch {
    return false;
  }
}
