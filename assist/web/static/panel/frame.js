// The panel in a helpdesk on another site. No cookie of ours comes there: the page around us vouches
// for its agent by a token that its server signed, and that is exchanged for one of ours, once.
import { hostOrigin } from "./hosts.js";
import { gone, postsItself, setUp } from "./panel.js";
import { authorized, signIn } from "./tell.js";

const origin = hostOrigin();
const helpdesk = new URLSearchParams(location.search).get("helpdesk") ?? "";
const place = () => document.querySelector("#panel");
let shown = "";

addEventListener("message", async (event) => {
  if (event.source !== parent || event.origin !== origin) return;
  const told = typeof event.data === "string" ? ofChatwoot(event.data) : event.data;
  if (told?.assist !== "open") return;
  if (told.again && String(told.ticket) === shown) return;
  try {
    if (told.token) await exchange(String(told.token));
    await openTicket(told.ticket);
  } catch (error) {
    wrong(error.message);
  }
});

// Show the panel of a ticket, by the id that it has in the helpdesk around us.
export async function openTicket(id) {
  shown = String(id);
  const ticket = helpdesk ? `${helpdesk}:${shown}` : shown;
  await show(await fetch(`/panel/ticket/${encodeURIComponent(ticket)}`, { headers: authorized() }));
}

// Chatwoot tells a dashboard app of its conversation by a JSON string, often the same one again. It
// is a hint: the ticket is fetched by the server, and only who is signed in here sees it.
function ofChatwoot(text) {
  try {
    const told = JSON.parse(text);
    const ticket = told?.event === "appContext" ? told.data?.conversation?.id : undefined;
    return ticket === undefined ? null : { assist: "open", ticket, again: true };
  } catch {
    return null;
  }
}

export async function exchange(token) {
  const answer = await fetch("/v1/tokens/host", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token }),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.detail);
  signIn(told.token);
}

async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const panel = page.querySelector("#panel");
  if (!panel) throw new Error(place().dataset.wrong);
  place().replaceWith(document.adoptNode(panel));
  setUp(place(), () => openTicket(shown).catch((error) => wrong(error.message)));
}

export function wrong(words) {
  const said = document.createElement("p");
  said.setAttribute("role", "alert");
  said.textContent = words;
  place().replaceChildren(said);
}

// A form that is posted by the browser itself would come without the token.
document.addEventListener("submit", async (event) => {
  const form = event.target, by = event.submitter;
  if (form.method !== "post") return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, by));
  let answer;
  try {
    answer = await fetch(by?.hasAttribute("formaction") ? by.formAction : form.action, {
      method: "POST", headers: authorized(), body,
    });
  } catch {
    return gone(place());
  }
  try {
    await show(answer);
  } catch (error) {
    wrong(error.message);
  }
});
postsItself();

if (origin) {
  parent.postMessage({ assist: "ready" }, origin);
  if (helpdesk) parent.postMessage("chatwoot-dashboard-app:fetch-info", origin);
}
