// The panel with keys: what is a form without a script stays one, and is worked in place of the mouse.
import { say, sent } from "./tell.js";
import { hosted } from "./hosts.js";
import { follow } from "./steps.js";

const PATIENCE = 5000;
const EDITABLE = "input, textarea, select, [contenteditable]";

function setUp(panel, renew = () => location.reload()) {
  follow(panel, renew);
  for (const hidden of panel.querySelectorAll(".script")) hidden.hidden = false;
  panel.addEventListener("click", (event) => clicked(panel, event));
  panel.addEventListener("submit", (event) => submitted(panel, event));
  for (const cite of panel.querySelectorAll(".cite")) {
    cite.addEventListener("mouseenter", () => mark(panel, cite, true));
    cite.addEventListener("mouseleave", () => mark(panel, cite, false));
    cite.addEventListener("focus", () => mark(panel, cite, true));
    cite.addEventListener("blur", () => mark(panel, cite, false));
  }
  if (panel.dataset.suggestion) sent(panel, { kind: "displayed" });
}

function clicked(panel, event) {
  const cite = event.target.closest(".cite");
  if (cite) return opened(panel, cite, event);
  const about = event.target.closest("[data-feedback]");
  if (about) return judged(panel, about);
  const button = event.target.closest("[data-do]");
  if (button) DOES[button.dataset.do]?.(panel, button);
}

const DOES = {
  copy: async (panel) => {
    try {
      await navigator.clipboard.writeText(textOf(panel));
      say(panel, panel.dataset.copied);
      sent(panel, { kind: "copied" });
    } catch {
      say(panel, panel.dataset.notCopied);
    }
  },
  insert: async (panel) => {
    // In a helpdesk the reply goes into its editor, where the cursor is; alone it is opened to edit.
    if (await hosted(textOf(panel))) {
      say(panel, panel.dataset.inserted);
      sent(panel, { kind: "inserted" });
    } else edit(panel);
  },
  question: (panel, button) => {
    const text = edit(panel);
    if (!text) return;
    const end = text.selectionEnd ?? text.value.length;
    const before = text.value.slice(0, end), gap = before && !/\s$/.test(before) ? " " : "";
    text.setRangeText(gap + button.dataset.text, end, end, "end");
    text.focus();
  },
  keys: (panel) => keys(panel),
};

function textOf(panel) {
  const typed = panel.querySelector("#editing[open] #text");
  return typed ? typed.value : panel.querySelector("#text")?.defaultValue ?? drafted(panel);
}

function drafted(panel) {
  const copy = panel.querySelector("#draft").cloneNode(true);
  for (const mark of copy.querySelectorAll(".cite, .warned")) mark.remove();
  return copy.textContent;
}

function edit(panel) {
  const editing = panel.querySelector("#editing");
  if (!editing) return null;
  editing.open = true;
  const text = editing.querySelector("#text");
  text.focus();
  return text;
}

function opened(panel, cite, event) {
  event.preventDefault();
  const source = panel.querySelector(`#source-${cite.dataset.source}`);
  source.closest(".all").open = source.open = true;
  peek(panel, cite, false);
  source.querySelector("summary").focus();
  source.querySelector("mark").scrollIntoView({ block: "center" });
  sent(panel, { kind: "citation_opened", part: source.dataset.passage });
}

function mark(panel, cite, on) {
  let sentence = cite.previousElementSibling;
  while (sentence && !sentence.classList.contains("sentence")) sentence = sentence.previousElementSibling;
  sentence?.classList.toggle("shown", on);
  peek(panel, cite, on);
}

// The quote beside the sentence it bears out; it moves nothing.
function peek(panel, cite, on) {
  const shown = panel.querySelector("#peek"), box = shown.parentElement.getBoundingClientRect();
  shown.hidden = !on;
  if (!on) return;
  shown.replaceChildren(...panel.querySelector(`#source-${cite.dataset.source} summary`).cloneNode(true).childNodes);
  const at = cite.getBoundingClientRect();
  shown.style.top = `${at.bottom - box.top + 4}px`;
  shown.style.insetInlineStart = `${Math.max(4, Math.min(at.left - box.left, box.width - shown.offsetWidth - 4))}px`;
}

async function judged(panel, button) {
  const part = button.closest(".source").dataset.passage;
  if (await sent(panel, { kind: button.dataset.feedback, part })) say(panel, panel.dataset.thanks);
}

// Whether forms are posted by a script, which says itself where one did not arrive.
let posted = false;
function postsItself() {
  posted = true;
}

// What was typed would be gone with the page if the browser posted it to nobody.
async function ifThere(panel, form, by) {
  if (form.dataset.sure === "asking") return;
  form.dataset.sure = "asking";
  try {
    await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    form.dataset.sure = "yes";
    form.requestSubmit(by);
  } catch {
    form.dataset.sure = "";
    gone(panel);
  }
}

function gone(panel) {
  panel.querySelector(".gone")?.remove();
  const said = Object.assign(document.createElement("p"), { className: "card alert gone", textContent: panel.dataset.gone });
  said.setAttribute("role", "alert");
  panel.prepend(said);
  said.scrollIntoView({ block: "nearest" });
  for (const button of panel.querySelectorAll("button:disabled")) button.disabled = false;
}

function submitted(panel, event) {
  const form = event.target;
  if (form.method === "post" && !posted && form.dataset.sure !== "yes") {
    event.preventDefault();
    ifThere(panel, form, event.submitter);
    return;
  }
  if (form.classList.contains("ticks")) {
    // A plan keeps its ticks whatever is decided, also through another suggestion.
    for (const tick of panel.querySelectorAll(".plan input:checked")) {
      if (tick.form !== form) form.append(Object.assign(document.createElement("input"),
        { type: "hidden", name: "ticked", value: tick.value }));
    }
  }
  const reason = form.classList.contains("rejecting") ? event.submitter?.value : "";
  if (reason) sent(panel, { kind: "rejected", reason });
  const typed = event.submitter?.value === "edit" && form.querySelector("#text");
  if (typed && typed.value !== typed.defaultValue) sent(panel, { kind: "edited", text: typed.value });
  requestAnimationFrame(() => {
    for (const button of form.querySelectorAll("button")) button.disabled = true;
  });
}

function keys(panel) {
  const shown = panel.querySelector("#keys");
  if (shown.open) shown.close();
  else shown.showModal();
}

document.addEventListener("keydown", (event) => {
  const panel = document.querySelector(".panel");
  if (!panel || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches(EDITABLE)) {
    if (event.key === "Escape") panel.focus();
    return;
  }
  if (event.key === "?") return keys(panel);
  const found = panel.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!found || panel.querySelector("dialog[open]")) return;
  event.preventDefault();
  if (found.tagName === "SUMMARY") {
    const box = found.parentElement;
    box.open = !box.open;
    if (box.open) box.querySelector("textarea, input:not([type=hidden])")?.focus();
  } else if (event.key === "r") found.focus();  // which reason is one more key: Tab, then Enter
  else found.click();
});

for (const panel of document.querySelectorAll(".panel[data-case]")) setUp(panel);
export { gone, postsItself, setUp };
