"""How large a request body may be; larger ones are refused before they are read."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assist.web.errors import problem

MAX_BODY = 1_000_000
"""Bytes. A ticket holds at most 200 000 characters of text; JSON escapes can take several each."""


class BodyLimit:
    """ASGI middleware: 413 for a body over `MAX_BODY`, declared or streamed."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body, then hand it on; one declared too large is not read at all."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self._declared(scope) > self.limit:
            await self._refuse(scope, receive, send)
            return
        body = b""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = bool(message.get("more_body", False))
            if len(body) > self.limit:
                await self._refuse(scope, receive, send)
                return
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, replay, send)

    def _declared(self, scope: Scope) -> float:
        """The length that the request says its body has; 0 where it says none."""
        length = dict(scope["headers"]).get(b"content-length", b"0")
        return float(length) if length.isdigit() else 0

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        cure = "shorten the ticket, or send attachments without text"
        answer = problem(413, "the request is too large", f"over {self.limit} bytes", cure)
        await answer(scope, receive, send)
