"""Every request is seen: it gets an id, a span, numbers, a line in the log, and an end.

The line says which operation, not which path: paths have ids of tickets and customers in them.
"""

import asyncio
import contextvars
import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assist.errors import TookTooLong
from assist.web.access import name_of
from assist.web.errors import answer, problem_of
from assist.web.metrics import Metrics
from assist.web.tracing import Tracing

HEADER = "X-Request-Id"
GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""What a caller may call a request: anything else could forge lines of the log."""
REQUEST_ID: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
LOG = logging.getLogger("assist.access")
QUIET = frozenset({"get_health", "get_readiness", "get_metrics"})
"""Asked every few seconds by machines: told of only where they fail."""
UNKNOWN = "none"
HUNG_UP = 499
"""What is told of a request whose client went away before it was answered."""


class RequestSeen:
    """ASGI middleware, the outermost. `seconds` is when a request without an answer is given up."""

    def __init__(self, app: ASGIApp, metrics: Metrics, tracing: Tracing, seconds: float) -> None:
        self.app = app
        self._metrics, self._tracing, self._seconds = metrics, tracing, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and tell of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _given(Headers(scope=scope)) or uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        began, status = time.perf_counter(), [HUNG_UP]

        async def send_named(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = message["status"]
                MutableHeaders(scope=message)[HEADER] = request_id
            await send(message)

        named = REQUEST_ID.set(request_id)
        with self._tracing.request(scope, request_id) as span:
            try:
                await self._in_time(scope, receive, send_named, status)
            except Exception:
                status[0] = 500
                raise
            finally:
                operation = name_of(scope.get("route")) or UNKNOWN
                seconds = time.perf_counter() - began
                self._metrics.requested(operation, status[0], seconds)
                self._tracing.answered(span, operation, status[0])
                _log(scope, operation, status[0], seconds)
                REQUEST_ID.reset(named)

    async def _in_time(self, scope: Scope, receive: Receive, send: Send, status: list[int]) -> None:
        """The answer, or 504; a stream that has begun has its own end."""
        try:
            async with asyncio.timeout(self._seconds) as limit:

                async def send_begun(message: Message) -> None:
                    limit.reschedule(None)
                    await send(message)

                await self.app(scope, receive, send_begun)
        except TimeoutError:
            if not limit.expired() or status[0] != HUNG_UP:
                raise
            late = TookTooLong(f"it was not answered in {self._seconds:g} s", cure="try again")
            await answer(problem_of(late))(scope, receive, send)


def _given(headers: Headers) -> str:
    """What the caller calls the request, where it is a name."""
    given = headers.get(HEADER, "")
    return given if GIVEN.fullmatch(given) else ""


def _log(scope: Scope, operation: str, status: int, seconds: float) -> None:
    level = logging.DEBUG if operation in QUIET and status < 500 else logging.INFO
    if not LOG.isEnabledFor(level):
        return
    admitted = scope.get("state", {}).get("admitted")
    by_key = admitted is not None and admitted.means == "key"
    told = {
        "operation": operation,
        "status": status,
        "ms": round(1000 * seconds, 1),
        "key": admitted.bearer.id if by_key else "",
        "means": admitted.means if admitted is not None else "",
    }
    LOG.log(level, "%s %d in %.1f ms", operation, status, told["ms"], extra={"told": told})
