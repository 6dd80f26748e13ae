"""A helpdesk on this machine: one conversation, what was asked of it, and what it answers next."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

QUOTING = (
    "<div>The hub <b>still</b> blinks &lt;amber&gt; 😀</div>"
    '<div style="display:none">unseen</div>'
    '<div class="gmail_quote">On Mon, 3 Aug 2026 Support wrote: <blockquote>Try a reset'
    "</blockquote></div>"
)


@dataclass
class Said:
    """One message. `by` is customer or agent."""

    id: int
    by: str
    text: str
    at: str
    public: bool = True
    html: bool = False


@dataclass
class Desk:
    """The state of a helpdesk. `answers` are statuses that come before it works again."""

    messages: list[Said] = field(
        default_factory=lambda: [
            Said(1, "customer", "My hub blinks amber.", "2026-08-03T09:00:00+00:00"),
            Said(2, "agent", "Please reset it.", "2026-08-03T10:00:00+00:00"),
            Said(3, "agent", "Seen twice this week.", "2026-08-03T10:01:00+00:00", public=False),
            Said(4, "customer", QUOTING, "2026-08-03T11:00:00+00:00", html=True),
        ]
    )
    tags: list[str] = field(default_factory=lambda: ["hub"])
    merged: str = ""
    deleted: bool = False
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def write(self, text: str, *, public: bool) -> Said:
        """An agent writes."""
        said = Said(len(self.messages) + 1, "agent", text, "2026-08-03T12:00:00+00:00", public)
        self.messages.append(said)
        return said


Api = Callable[[Desk, str, str, Any], Any]
"""Desk, method, path and query, body -> JSON, or `None` for a 404."""


@contextmanager
def serving(desk: Desk, api: Api) -> Iterator[str]:
    """Its address, while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            desk.asked.append(f"{self.command} {urlsplit(self.path).path}")
            desk.headers.append(dict(self.headers.items()))
            if desk.answers:
                self._send(*desk.answers.pop(0))
                return
            told = api(desk, self.command, self.path, body)
            if told is None:
                self._send(404, {}, b'{"error": "not found"}')
            else:
                self._send(200, {}, json.dumps(told).encode())

        do_GET = do_POST = do_PUT = _answer  # noqa: N815  the names that the base class looks up

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
