"""One event loop, in a thread of its own, for all requests to an endpoint.

Every suggestion runs in an event loop of its own, which ends with it; connections, the limit on
requests at one time and the memory of failures outlive suggestions, so they live here.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

from assist.errors import ModelUnreachable

Result = TypeVar("Result")


class Network:
    """Started when first used; `close` it at the end."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._over: asyncio.Event | None = None
        self._last: Callable[[], Awaitable[None]] | None = None
        self._closed = False

    def submit(self, work: Coroutine[Any, Any, Result]) -> "Future[Result]":
        """Start work in the loop. Raises `ModelUnreachable` after `close`."""
        with self._lock:
            if self._closed:
                work.close()
                raise closing()
            return asyncio.run_coroutine_threadsafe(work, self._running())

    def close(self, last: Callable[[], Awaitable[None]]) -> None:
        """Cancel all work, do a last thing in the loop and end it; again, it does nothing.

        Where no work was ever submitted there is no loop, and nothing to do in it.
        """
        with self._lock:
            already, self._closed = self._closed, True
            loop, over, thread = self._loop, self._over, self._thread
        if loop and over and thread and not already:
            self._last = last
            loop.call_soon_threadsafe(over.set)
            thread.join()

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            ready: SimpleQueue[asyncio.AbstractEventLoop] = SimpleQueue()
            self._thread = threading.Thread(
                target=lambda: asyncio.run(self._live(ready)), name="assist-chat", daemon=True
            )
            self._thread.start()
            self._loop = ready.get()
        return self._loop

    async def _live(self, ready: "SimpleQueue[asyncio.AbstractEventLoop]") -> None:
        self._over = asyncio.Event()
        ready.put(asyncio.get_running_loop())
        await self._over.wait()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        if self._last:
            await self._last()


def closing() -> ModelUnreachable:
    """The failure of a call that the end of the process cuts off."""
    return ModelUnreachable("the language model is being closed", cure="start the process again")
