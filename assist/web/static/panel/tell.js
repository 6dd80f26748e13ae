// What the panel tells: the agent, in a place that a screen reader reads out, and the service.
let count = 0;

export function say(panel, words) {
  panel.querySelector(".said").textContent = words;
}

// What was done with a suggestion. It costs the agent nothing when it cannot be kept.
export async function sent(panel, what) {
  const suggestion = panel.dataset.suggestion;
  if (!suggestion) return false;
  const csrf = document.querySelector("meta[name=csrf]")?.content;
  const key = what.kind === "displayed" ? `displayed.${suggestion}` : `p.${Date.now()}.${++count}`;
  const body = { key, ...(csrf ? {} : { by: panel.dataset.nobody }), ...what };
  try {
    const answer = await fetch(`/v1/suggestions/${encodeURIComponent(suggestion)}/feedback`, {
      method: "POST", keepalive: true, credentials: "same-origin", body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", ...(csrf ? { "X-CSRF-Token": csrf } : {}) },
    });
    return answer.ok;
  } catch {
    return false;
  }
}
