"""Work that computes, done in threads, so that the event loop goes on answering others.

Only so much may wait: what waits longer than anybody does is better turned away at once.
"""

import asyncio
import contextvars
import threading
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import aclosing, suppress
from enum import Enum
from math import ceil
from typing import Any, Protocol, TypeVar

from assist.domain.load import LoadSettings
from assist.errors import Overloaded, TookTooLong

Item = TypeVar("Item")
LONGEST_AGAIN = 60
"""Seconds after which whoever is turned away is asked to come again, at most."""
LEARNED = 0.1
"""How much the newest run counts in the mean time of a run."""


class Silence(Enum):
    """Said in place of an item while none comes."""

    STILL_WORKING = "still working"


class _End(Enum):
    END = "end"


class Counts(Protocol):
    """Hears how full it is; quick."""

    def turned_away(self, why: str) -> None:
        """One was: `waiting`, or `time`."""
        ...

    def full(self, running: int, waiting: int) -> None:
        """So many are worked on, and so many wait."""
        ...


class Uncounted:
    """Keeps nothing."""

    def turned_away(self, why: str) -> None:
        """Nothing."""

    def full(self, running: int, waiting: int) -> None:
        """Nothing."""


class Worker:
    """A few threads for suggestions. Close it to wait for what is begun."""

    def __init__(self, load: LoadSettings | None = None, counts: Counts | None = None) -> None:
        self._load, self._counts = load or LoadSettings(), counts or Uncounted()
        self._threads = ThreadPoolExecutor(self._load.threads, thread_name_prefix="suggest")
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._taken = 0
        self._mean = 0.5
        self._begun: set[_Run] = set()

    def close(self) -> None:
        """End what is begun where it waits next; what waits for its turn is not begun."""
        self._closing.set()
        with self._lock:
            begun = list(self._begun)
        for one in begun:
            one.end()
        self._threads.shutdown(cancel_futures=True)

    async def run(self, work: Callable[[], Coroutine[None, None, Item]]) -> Item:
        """What the coroutine returns, run on an event loop of its own.

        Raises `Overloaded` where too many wait, `TookTooLong` where it is not done in time.
        Whoever no longer waits ends it.
        """
        run = _Run()
        future = self._submit(run, lambda: run.to_end(work()))
        try:
            async with asyncio.timeout(self._load.seconds):
                return await asyncio.wrap_future(future)
        except TimeoutError:
            self._counts.turned_away("time")
            raise self._too_long() from None
        finally:
            run.end()

    async def walk(
        self, work: Callable[[], AsyncGenerator[Item, None]], pause: float
    ) -> AsyncGenerator[Item | Silence, None]:
        """The items as they come; after each `pause` seconds without one, `Silence`.

        Left before the end, the work ends where it waits next, as for a language model, whose
        call is ended too; where it waits for nothing, at its next item. Raises as `run` does.
        """
        loop = asyncio.get_running_loop()
        came: asyncio.Queue[Item | _End] = asyncio.Queue()
        run = _Run()

        async def hand_over() -> None:
            async with aclosing(work()) as items:
                async for item in items:
                    if run.ended.is_set() or self._closing.is_set():
                        return
                    loop.call_soon_threadsafe(came.put_nowait, item)

        future = self._submit(run, lambda: run.to_end(hand_over()))
        future.add_done_callback(lambda _: _tell(loop, came))
        until = loop.time() + self._load.seconds
        try:
            while not isinstance(item := await _next(came, pause), _End):
                if loop.time() > until:
                    self._counts.turned_away("time")
                    raise self._too_long()
                yield item
            future.result()
        finally:
            if not future.cancel() and not future.done():
                run.end()

    def _submit(self, run: "_Run", work: Callable[[], Item]) -> "Future[Item]":
        """Have it done in its turn, in the context of whoever asks. Raises `Overloaded`."""
        with self._lock:
            waiting = max(0, self._taken - self._load.threads)
            if waiting and waiting >= self._load.waiting:
                self._counts.turned_away("waiting")
                raise Overloaded(
                    f"{waiting} wait for their turn already", retry_after=self._again(waiting)
                )
            self._taken += 1
            self._tell()
        context = contextvars.copy_context()
        future = self._threads.submit(self._timed, run, lambda: context.run(work))
        future.add_done_callback(self._done)
        return future

    def _timed(self, run: "_Run", work: Callable[[], Item]) -> Item:
        began = time.monotonic()
        with self._lock:
            if self._closing.is_set():  # taken from the queue just before it was emptied
                raise CancelledError
            self._begun.add(run)
        try:
            return work()
        finally:
            with self._lock:
                self._begun.discard(run)
                self._mean += LEARNED * (time.monotonic() - began - self._mean)

    def _done(self, _: "Future[Any]") -> None:
        with self._lock:
            self._taken -= 1
            self._tell()

    def _tell(self) -> None:
        running = min(self._taken, self._load.threads)
        self._counts.full(running, self._taken - running)

    def _again(self, waiting: int) -> int:
        """Seconds in which those who wait will have had their turn, by how long a run takes."""
        return min(LONGEST_AGAIN, max(1, ceil(waiting * self._mean / self._load.threads)))

    def _too_long(self) -> TookTooLong:
        return TookTooLong(
            f"it was not done in {self._load.seconds:g} s",
            cure="try again later, or raise ASSIST_LOAD__SECONDS",
        )


class _Run:
    """One piece of work on an event loop of its own, which others can end."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self._cancel: Callable[[], object] | None = None
        self._lock = threading.Lock()

    def to_end(self, work: Coroutine[None, None, Item]) -> Item:
        """Run it. Raises `CancelledError` where it is ended."""

        async def watched() -> Item:
            loop, task = asyncio.get_running_loop(), asyncio.current_task()
            with self._lock:
                if task is not None:
                    self._cancel = lambda: loop.call_soon_threadsafe(task.cancel)
            if self.ended.is_set():
                work.close()
                raise asyncio.CancelledError
            return await work

        return asyncio.run(watched())

    def end(self) -> None:
        """End it where it waits next; one that has ended is left."""
        self.ended.set()
        with self._lock:
            cancel = self._cancel
        if cancel is not None:
            with suppress(RuntimeError):  # its loop has ended since: so has the work
                cancel()


async def _next(came: "asyncio.Queue[Item | _End]", pause: float) -> Item | _End | Silence:
    try:
        return await asyncio.wait_for(came.get(), pause)
    except TimeoutError:
        return Silence.STILL_WORKING


def _tell(loop: asyncio.AbstractEventLoop, came: "asyncio.Queue[Any]") -> None:
    with suppress(RuntimeError):  # nobody listens any more
        loop.call_soon_threadsafe(came.put_nowait, _End.END)
