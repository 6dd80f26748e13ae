// The panel as a Zendesk app: Zendesk's own script says which ticket is open, and takes the reply.
import { exchange, openTicket, wrong } from "./frame.js";
import { insertBy } from "./hosts.js";

const client = window.ZAFClient?.init();

// The editor takes rich text: what stands in a reply as it is must come out as it is.
function rich(text) {
  const holder = document.createElement("p");
  holder.textContent = text;
  return holder.innerHTML.replaceAll("\n", "<br>");
}

async function show() {
  try {
    const told = await client.get("ticket.id");
    await openTicket(told["ticket.id"]);
  } catch (error) {
    wrong(error.message);
  }
}

async function begin() {
  insertBy((text) => client.invoke("ticket.editor.insert", rich(text)).then(() => true, () => false));
  client.on("ticket.conversation.changed", show);
  const token = document.querySelector("meta[name=host-token]").content;
  try {
    if (token) await exchange(token);
    await show();
  } catch (error) {
    wrong(error.message);
  }
}

if (client) begin();
else wrong(document.querySelector("#panel").dataset.alone);
