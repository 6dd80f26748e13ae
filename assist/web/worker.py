"""Work that computes, done in threads, so that the event loop goes on answering others."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, suppress
from enum import Enum
from typing import TypeVar

Item = TypeVar("Item")
THREADS = 4
"""Suggestions worked on at once; more wait their turn. Each computes most of its time, so more of
them than cores only make all of them slower; a few more let one wait for records."""


class Silence(Enum):
    """Said in place of an item while none comes."""

    STILL_WORKING = "still working"


class _End(Enum):
    END = "end"


class Worker:
    """A few threads for suggestions. Close it to wait for what is begun."""

    def __init__(self, threads: int = THREADS) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="suggest")
        self._closing = threading.Event()

    def close(self) -> None:
        """Let runs end after the step they are in; what waits is not begun."""
        self._closing.set()
        self._threads.shutdown(cancel_futures=True)

    async def run(self, work: Callable[[], Coroutine[None, None, Item]]) -> Item:
        """What the coroutine returns, run on an event loop of its own."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: asyncio.run(work()))

    async def walk(
        self, work: Callable[[], AsyncGenerator[Item, None]], pause: float
    ) -> AsyncGenerator[Item | Silence, None]:
        """The items as they come; after each `pause` seconds without one, `Silence`.

        Left before the end, the work ends where it waits next, as for a language model, whose
        call is ended too; where it waits for nothing, at its next item.
        """
        loop = asyncio.get_running_loop()
        came: asyncio.Queue[Item | _End] = asyncio.Queue()
        left = threading.Event()
        working: list[Callable[[], object]] = []

        async def hand_over() -> None:
            own, task = asyncio.get_running_loop(), asyncio.current_task()
            if task is not None:
                working.append(lambda: own.call_soon_threadsafe(task.cancel))
            async with aclosing(work()) as items:
                async for item in items:
                    if left.is_set() or self._closing.is_set():
                        return
                    loop.call_soon_threadsafe(came.put_nowait, item)

        future = self._threads.submit(lambda: asyncio.run(hand_over()))
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(came.put_nowait, _End.END))
        try:
            while True:
                try:
                    item = await asyncio.wait_for(came.get(), pause)
                except TimeoutError:
                    yield Silence.STILL_WORKING
                    continue
                if isinstance(item, _End):
                    break
                yield item
            future.result()
        finally:
            left.set()
            if not future.cancel() and not future.done():
                with suppress(RuntimeError):  # its loop has ended since: so has the work
                    for end in working:
                        end()
