"""The scripted server: a socket on this machine, an event loop in a thread of its own."""

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any, Self

from evals.scripted_llm.behaviors import BEHAVIORS
from evals.scripted_llm.exchange import Exchange, ReaderLeft

Good = Callable[[dict[str, Any]], str]


class ScriptedServer:
    """`good` says what a good model would reply to a request; `behavior` may be changed any time.

    `requests` are the bodies of all chat requests as they came over the wire, `heads` their
    headers, `left` counts clients that closed the connection before the reply was over.
    """

    def __init__(
        self, good: Good, behavior: str = "good", models: tuple[str, ...] = ("scripted",)
    ) -> None:
        self.good, self._models = good, models
        self.requests: list[bytes] = []
        self.heads: list[bytes] = []
        self.left = 0
        self.most_at_once = 0
        self._at_once = 0
        self._turns = 0
        self.behavior = behavior
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None

    @property
    def behavior(self) -> str:
        """What the server does from now on; turns are counted from when it was set."""
        return self._behavior

    @behavior.setter
    def behavior(self, name: str) -> None:
        self._act = BEHAVIORS[name]
        self._behavior, self._turns = name, 0

    @property
    def url(self) -> str:
        """The base URL, as in `ASSIST_LLM__BASE_URL`."""
        if self._server is None:
            raise RuntimeError("the server was not started")
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        opening = asyncio.start_server(self._serve, "127.0.0.1", 0, limit=2**24)
        self._server = asyncio.run_coroutine_threadsafe(opening, self._loop).result()
        return self

    def __exit__(self, *exc: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        if self._server is None:
            raise RuntimeError("the server was not started")
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await self._answer(reader, writer)
        except (ReaderLeft, ConnectionError, asyncio.IncompleteReadError):
            self.left += 1
        finally:
            self._at_once -= 1
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = [
            int(line.partition(b":")[2])
            for line in head.lower().splitlines()
            if line.startswith(b"content-length:")
        ]
        body = await reader.readexactly(length[0]) if length else b""
        exchange = Exchange({}, "", 0, reader, writer)
        if head.startswith(b"POST /v1/chat/completions "):
            self.heads.append(head)
            self.requests.append(body)
            self._turns += 1
            exchange.asked, exchange.turn = json.loads(body), self._turns
            exchange.reply = self.good(exchange.asked)
            await self._act(exchange)
        elif head.startswith(b"GET /v1/models "):
            rows = [{"id": name, "object": "model"} for name in self._models]
            await exchange.head(200, "application/json")
            await exchange.send(json.dumps({"object": "list", "data": rows}).encode())
        else:
            await exchange.error(404, "no such path")
