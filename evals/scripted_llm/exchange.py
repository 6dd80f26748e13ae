"""One request to the scripted server, and the ways to answer it."""

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

PIECE = 24
"""Characters of a reply that come in one event."""
USAGE = {"prompt_tokens": 120, "completion_tokens": 34, "total_tokens": 154}


class ReaderLeft(Exception):
    """The client closed the connection before the reply was over."""


@dataclass
class Exchange:
    """`asked` is the request's JSON, `reply` what a good model would say, `turn` counts from 1."""

    asked: dict[str, Any]
    reply: str
    turn: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def head(self, status: int = 200, kind: str = "text/event-stream", **more: str) -> None:
        """Status and headers; the body ends with the connection."""
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", f"Content-Type: {kind}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in more.items()]
        await self.send("\r\n".join([*lines, "Connection: close", "", ""]).encode())

    async def send(self, data: bytes) -> None:
        """Bytes as they are."""
        if self.writer.is_closing():
            raise ReaderLeft
        self.writer.write(data)
        try:
            await self.writer.drain()
        except ConnectionError as error:
            raise ReaderLeft from error

    async def event(self, data: object) -> None:
        """One event of a stream; a str goes as it is, anything else as JSON."""
        text = data if isinstance(data, str) else json.dumps(data)
        await self.send(f"data: {text}\n\n".encode())

    async def error(self, status: int, message: str, **more: Any) -> None:
        """An error as endpoints say it. `headers` among `more` are sent along."""
        headers = more.pop("headers", {})
        await self.head(status, "application/json", **headers)
        body = {"message": message, "type": "invalid_request_error", "code": None, **more}
        await self.send(json.dumps({"error": body}).encode())

    async def say(self, pieces: Iterable[str], *, finish: str | None = "stop") -> None:
        """A whole stream: role, pieces, how it ended."""
        await self.head()
        await self.event(chunk(role="assistant", content=""))
        for piece in pieces:
            await self.event(chunk(content=piece))
        if finish:
            await self.event(chunk(finish=finish))

    async def count(self) -> None:
        """The tokens, where they were asked for, and the end."""
        if (self.asked.get("stream_options") or {}).get("include_usage"):
            await self.event({**chunk(), "choices": [], "usage": USAGE})
        await self.event("[DONE]")

    async def pause(self, seconds: float) -> None:
        """Wait, or raise `ReaderLeft` as soon as the client is gone."""
        try:
            async with asyncio.timeout(seconds):
                while await self.reader.read(1_000):
                    pass
        except TimeoutError:
            return
        except ConnectionError as error:
            raise ReaderLeft from error
        raise ReaderLeft

    def reset(self) -> None:
        """Break the connection, as a crashed server does."""
        plain = self.writer.get_extra_info("socket")
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


def chunk(*, finish: str | None = None, **delta: Any) -> dict[str, Any]:
    """One event's JSON."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1_760_000_000,
        "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }


def pieces(text: str) -> list[str]:
    """A text in pieces of a few tokens."""
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


Behavior = Callable[[Exchange], Awaitable[None]]
