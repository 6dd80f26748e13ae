"""How large a request may be: refused before it is read whole, or parsed."""

from collections.abc import Set as AbstractSet
from typing import Literal, TypedDict

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assist.errors import BadInput, TooLarge
from assist.web.errors import OF_STATUSES, answer, make_problem, problem_of
from assist.web.json_shape import check_content, check_shape
from assist.web.negotiation import is_json

MAX_BODY = 1_000_000
"""Bytes. A ticket holds at most 200 000 characters of text; JSON escapes can take several each."""
UPLOADS = frozenset({("/v1/ingest", "multipart/form-data")})
"""(path, media type) of bodies that their route writes to disk as they come, by its own limit."""


class ServerOptions(TypedDict):
    """How uvicorn is to read requests."""

    http: Literal["h11"]
    h11_max_incomplete_event_size: int


MAX_HEAD = 65_536
"""Bytes of request line and headers. A browser with full cookies sends some 10 000."""
SERVER = ServerOptions(http="h11", h11_max_incomplete_event_size=MAX_HEAD)
"""The server hangs up on headers that go on beyond the limit; those it has read whole before it
notices are refused here. httptools, which uvicorn would choose, keeps headers without end."""


class RequestLimit:
    """ASGI middleware: 413 for a body over the limit, declared or streamed; 431 for its headers.

    JSON is looked at before it is parsed. `streamed`: (path, media type) of bodies left alone.
    """

    def __init__(
        self,
        app: ASGIApp,
        limit: int = MAX_BODY,
        streamed: AbstractSet[tuple[str, str]] = frozenset(),
    ) -> None:
        self.app = app
        self.limit = limit
        self.streamed = streamed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body, then hand it on; one declared too large is not read at all."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _head_size(scope) > MAX_HEAD:
            refused = make_problem(OF_STATUSES[431], f"over {MAX_HEAD} bytes")
            await answer(refused)(scope, receive, send)
            return
        if self._is_streamed(scope):
            await self.app(scope, receive, send)
            return
        try:
            body = await self._read(scope, receive)
            if is_json(Headers(scope=scope)):
                check_shape(body)
                check_content(body)
        except BadInput as error:
            await answer(problem_of(error))(scope, receive, send)
            return
        except _Disconnected:
            return
        await self.app(scope, _replay(body, receive), send)

    def _is_streamed(self, scope: Scope) -> bool:
        media_type = Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()
        return (scope["path"], media_type) in self.streamed

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and float(declared) > self.limit:
            raise self._too_large()
        body = bytearray()  # it grows in place, in however small pieces it comes
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Disconnected
            body += message.get("body", b"")
            more = bool(message.get("more_body", False))
            if len(body) > self.limit:
                raise self._too_large()
        return bytes(body)

    def _too_large(self) -> TooLarge:
        cure = "shorten the ticket, or send attachments without text"
        return TooLarge(f"over {self.limit} bytes", cure=cure)


class _Disconnected(Exception):
    """The client went away before it had sent its body: nobody waits for an answer."""


def _head_size(scope: Scope) -> int:
    """Bytes of the path, the query and the headers, a few of syntax aside."""
    headers = sum(len(name) + len(value) for name, value in scope["headers"])
    return headers + len(scope["path"]) + len(scope.get("query_string", b""))


def _replay(body: bytes, receive: Receive) -> Receive:
    """What was read, once, as one message; then what comes."""
    waiting = [body]

    async def replay() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return replay
