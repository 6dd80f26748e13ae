// A helpdesk around the panel: it is asked to insert a text where the agent's cursor is.
const WAIT = 1500;
let asked = 0;
let insert = null;

// Another way to insert than by messages: true where it was done.
export function insertBy(way) {
  insert = way;
}

// The origin of the page around us, as the browser names it; empty where there is none.
export function hostOrigin() {
  if (window.parent === window) return "";
  const origin = location.ancestorOrigins?.[0] ?? (document.referrer ? new URL(document.referrer).origin : "");
  return origin === "null" ? "" : origin;
}

// Whether the page around us took the text. Only an origin that may frame us gets it: the browser
// shows us in no other, and the first one is named by the browser, not by a message.
export async function hosted(text) {
  if (insert) return insert(text);
  const origin = hostOrigin();
  if (!origin) return false;
  return new Promise((done) => {
    const id = `insert.${++asked}`;
    const answered = (event) => {
      if (event.source === window.parent && event.origin === origin && event.data?.assist === id) end(event.data.inserted === true);
    };
    const end = (took) => {
      clearTimeout(late);
      window.removeEventListener("message", answered);
      done(took);
    };
    const late = setTimeout(() => end(false), WAIT);
    window.addEventListener("message", answered);
    window.parent.postMessage({ assist: id, insert: text }, origin);
  });
}
