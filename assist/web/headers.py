"""What every answer tells browsers: load nothing, frame nothing, guess nothing, keep nothing."""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Sent where a route does not say otherwise. No CORS header is among them: a page of another
origin may not read what is answered."""
API = "/v1/"
CSP = "Content-Security-Policy"
FRAMED = "frame-ancestors"


class SecurityHeaders:
    """ASGI middleware: adds `SECURITY`, and forbids keeping what holds mail.

    A page that says itself what it may load, and not who may frame it, may be framed by our own
    pages and those of `ancestors`.
    """

    def __init__(self, app: ASGIApp, ancestors: Sequence[str] = ()) -> None:
        self.app = app
        self._framed = " ".join([FRAMED, "'self'", *ancestors])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                said = headers.get(CSP)
                if said is not None and FRAMED not in said:
                    headers[CSP] = f"{said}; {self._framed}"
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(API):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers)
