"""What waits for its turn: so much and no more, so long and no longer."""

import asyncio
import contextvars
import threading
from collections.abc import AsyncGenerator

import pytest

from assist.domain.load import LoadSettings
from assist.errors import Overloaded, TookTooLong
from assist.web.worker import Worker

HERE: contextvars.ContextVar[str] = contextvars.ContextVar("here", default="nowhere")


class Gate:
    """Work that goes on when it is let through."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.begun = threading.Semaphore(0)
        self.ended = threading.Event()

    async def work(self) -> str:
        self.begun.release()
        try:
            while not self.open.is_set():  # noqa: ASYNC110 - whoever sets it has another loop
                await asyncio.sleep(0.005)
        except asyncio.CancelledError:
            self.ended.set()
            raise
        return "done"

    async def items(self) -> AsyncGenerator[str, None]:
        yield "first"
        yield await self.work()


@pytest.fixture
def gate() -> Gate:
    return Gate()


def test_beyond_those_that_may_wait_others_are_turned_away_and_told_when_to_come(
    gate: Gate,
) -> None:
    async def run() -> list[object]:
        worker = Worker(LoadSettings(threads=1, waiting=2))
        asked = [asyncio.create_task(worker.run(gate.work)) for _ in range(6)]
        await asyncio.sleep(0.05)
        gate.open.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    found = asyncio.run(run())

    assert found[:3] == ["done"] * 3
    assert all(isinstance(one, Overloaded) and one.retry_after >= 1 for one in found[3:])


def test_once_those_who_waited_are_done_others_are_taken_again(gate: Gate) -> None:
    async def run() -> str:
        worker = Worker(LoadSettings(threads=1, waiting=0))
        first = asyncio.create_task(worker.run(gate.work))
        await asyncio.to_thread(gate.begun.acquire)
        gate.open.set()
        await first
        return await worker.run(gate.work)

    assert asyncio.run(run()) == "done"


def test_what_is_not_done_in_time_is_given_up_and_ended(gate: Gate) -> None:
    async def run() -> None:
        worker = Worker(LoadSettings(threads=1, seconds=0.05))
        with pytest.raises(TookTooLong, match=r"0\.05 s"):
            await worker.run(gate.work)
        assert await asyncio.to_thread(gate.ended.wait, 20)
        gate.open.set()
        worker.close()

    asyncio.run(run())


def test_a_walk_that_takes_too_long_ends_with_the_reason(gate: Gate) -> None:
    async def run() -> None:
        worker = Worker(LoadSettings(threads=1, seconds=0.05))
        with pytest.raises(TookTooLong):
            async for _ in worker.walk(gate.items, pause=0.01):
                pass
        worker.close()

    asyncio.run(run())
    assert gate.ended.is_set()


def test_who_no_longer_waits_ends_the_work(gate: Gate) -> None:
    async def run() -> None:
        worker = Worker(LoadSettings(threads=1))
        asked = asyncio.create_task(worker.run(gate.work))
        await asyncio.to_thread(gate.begun.acquire)
        asked.cancel()
        assert await asyncio.to_thread(gate.ended.wait, 20)
        worker.close()

    asyncio.run(run())


def test_closing_ends_what_is_begun_and_begins_nothing_more(gate: Gate) -> None:
    async def run() -> list[object]:
        worker = Worker(LoadSettings(threads=1))
        asked = [asyncio.create_task(worker.run(gate.work)) for _ in range(3)]
        await asyncio.to_thread(gate.begun.acquire)
        await asyncio.to_thread(worker.close)
        return await asyncio.gather(*asked, return_exceptions=True)

    found = asyncio.run(run())

    assert [type(one) for one in found] == [asyncio.CancelledError] * 3
    assert gate.ended.is_set()


def test_work_is_done_in_the_surroundings_of_whoever_asks() -> None:
    async def where() -> str:
        return HERE.get()

    async def run() -> str:
        HERE.set("here")
        return await Worker().run(where)

    assert asyncio.run(run()) == "here"
