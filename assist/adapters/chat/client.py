"""The SDK's client, held to what we want of it: imported when a model is first used.

Importing the SDK takes a second or more, so nothing else imports this file at its top.
Proxies and certificates are those of the environment, as httpx reads them (`HTTPS_PROXY`,
`NO_PROXY`, `SSL_CERT_FILE`); the SDK's own variables (`OPENAI_...`) have no effect.
"""

import ssl
from collections.abc import AsyncIterator
from functools import cache

import httpx
import openai

from assist.adapters.chat.stream import garbled
from assist.domain.endpoint import ChatSettings
from assist.errors import BadSetting

SENT_HEADERS = frozenset(
    {"host", "accept", "accept-encoding", "connection", "content-length", "content-type"}
)
"""The SDK would add what machine this is, and an organization named in the environment."""
EVENT_BYTES = 512_000
EVENT_LINES = 200
"""Of one event. A token's has one line; the SDK's reader slows with the square of both."""


def client_for(settings: ChatSettings) -> openai.AsyncOpenAI:
    """A client for one endpoint: no retries, no redirects, no timeouts but for connecting.

    Raises `BadSetting` where the address or a proxy of the environment is none.
    """
    key = settings.api_key.get_secret_value()
    patience = httpx.Timeout(None, connect=settings.timeouts.connect_seconds)

    async def trimmed(request: httpx.Request) -> None:
        for name in request.headers.keys() - SENT_HEADERS:
            del request.headers[name]
        request.headers["Accept-Encoding"] = "identity"
        request.headers["User-Agent"] = "assist"
        if key:
            request.headers["Authorization"] = f"Bearer {key}"

    async def bounded(response: httpx.Response) -> None:
        response.stream = _Bounded(response, settings.reply_bytes)

    try:
        transport = httpx.AsyncClient(
            verify=_certificates(),
            timeout=patience,
            follow_redirects=False,
            event_hooks={"request": [trimmed], "response": [bounded]},
        )
        return openai.AsyncOpenAI(
            base_url=settings.base_url,
            api_key="sent by the client's hook",
            max_retries=0,
            timeout=patience,
            http_client=transport,
        )
    except (httpx.InvalidURL, ValueError, ImportError) as error:
        raise BadSetting(
            f"this address, or a proxy in the environment, cannot be used: {error}",
            where="ASSIST_LLM__BASE_URL",
            cure="correct it, or unset the proxy",
        ) from error


@cache
def _certificates() -> ssl.SSLContext:
    """Whom we trust. Read once per process: it takes 40 ms."""
    return httpx.create_ssl_context()


class _Bounded(httpx.AsyncByteStream):
    """The bytes of a reply, as long as they are no more than we read. Raises `ModelGarbled`."""

    def __init__(self, response: httpx.Response, most: int) -> None:
        stream = response.stream
        if not isinstance(stream, httpx.AsyncByteStream):
            raise garbled("the reply came in no stream")
        self._stream, self._most = stream, most
        self._encoding = response.headers.get("content-encoding", "identity")
        self._in_events = "event-stream" in response.headers.get("content-type", "")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._encoding != "identity":  # a few compressed bytes may hold a gigabyte
            raise garbled("the reply is compressed, which was not asked for")
        read, event = 0, _Event()
        async for piece in self._stream:
            read += len(piece)
            if read > self._most:
                raise garbled(f"the reply is larger than {self._most} bytes")
            if self._in_events:
                event.grow(piece)
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()


class _Event:
    """How large the event is that is coming in; an empty line ends it."""

    def __init__(self) -> None:
        self._bytes = self._lines = 0
        self._at_line_start = False

    def grow(self, piece: bytes) -> None:
        """Raise `ModelGarbled` where one event is too large."""
        text = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if self._at_line_start:  # the empty line may begin in one piece and end in the next
            text = b"\n" + text
        self._at_line_start = text.endswith(b"\n")
        for index, part in enumerate(text.split(b"\n\n")):
            if index:
                self._bytes = self._lines = 0
            self._bytes += len(part)
            self._lines += part.count(b"\n")
            if self._bytes > EVENT_BYTES or self._lines > EVENT_LINES:
                raise garbled("one event of the reply is far larger than a token")
