// A suggestion that is being made: its steps are ticked as they finish, in places kept for them.
import { authorized } from "./tell.js";

// Calls `renew` when the suggestion is there. Typed text is never taken away: then a button does.
export async function follow(panel, renew) {
  const box = panel.querySelector(".underway");
  if (!box) return;
  const again = box.querySelector(".go-on");
  again.hidden = true;
  let last = "";
  try {
    const answer = await fetch(`/panel/${encodeURIComponent(panel.dataset.case)}/steps`, {
      credentials: "same-origin", headers: authorized({ Accept: "text/event-stream" }),
    });
    if (!answer.ok) throw new Error(answer.statusText);
    for await (const { name, told } of events(answer.body)) {
      last = name;
      if (!box.isConnected) return;
      DOES[name]?.(box, told);
    }
  } catch {
    last = "";
  }
  if (!box.isConnected) return;
  if (last === "ready") return shown(panel, box, renew);
  if (last !== "problem") say(box, box.dataset.nobodyAt);
  again.hidden = false;
}

const DOES = {
  run: (box) => {
    for (const one of box.querySelectorAll("[data-step]")) tick(one, false, "");
    const writing = box.querySelector(".writing");
    writing.hidden = true;
    writing.textContent = "";
  },
  step: (box, told) => {
    const one = box.querySelector(`[data-step="${CSS.escape(told.step)}"]`);
    if (one) tick(one, true, told.note);
    box.querySelector("progress").value = box.querySelectorAll(".done").length;
  },
  sentence: (box, told) => {
    const writing = box.querySelector(".writing");
    writing.hidden = false;
    writing.textContent += (writing.textContent ? " " : "") + told.text;
    writing.scrollTop = writing.scrollHeight;
  },
  problem: (box, told) => say(box, `${box.dataset.broke}: ${told.why}`),
};

function tick(one, done, note) {
  one.classList.toggle("done", done);
  one.querySelector(".note").textContent = note;
  one.querySelector(".note").title = note;
}

function say(box, words) {
  box.querySelector(".why").textContent = words;
}

function shown(panel, box, renew) {
  const typed = [...panel.querySelectorAll("textarea, input:not([type=hidden])")]
    .some((one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked);
  if (!typed) return renew();
  say(box, box.dataset.newer);
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: box.dataset.show });
  button.addEventListener("click", renew);
  box.querySelector(".why").append(" ", button);
}

// The server-sent events of a body, each as its name and what it tells.
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    held += value;
    const whole = held.split("\n\n");
    held = whole.pop();
    for (const block of whole) {
      const told = {};
      for (const line of block.split("\n")) {
        const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
        if (field) told[field] = value;
      }
      if (told.event) yield { name: told.event, told: JSON.parse(told.data) };
    }
  }
}
