"""The contract of `Timers`: every one passes it, the fake too."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from assist.domain.timer import TimedKind
from assist.ports.timers import Attend, Timers

MINUTE = 60.0
SOON = timedelta(milliseconds=10)


class Heard:
    """Remembers what it was handed, and says when to be handed it again."""

    def __init__(self, wanted: int, *again: timedelta | Exception) -> None:
        self.heard: list[tuple[TimedKind, str]] = []
        self.all = threading.Event()
        self._wanted = wanted
        self._again = list(again)

    def __call__(self, kind: TimedKind, about: str) -> timedelta | None:
        """What `Attend` does."""
        self.heard.append((kind, about))
        if len(self.heard) >= self._wanted:
            self.all.set()
        told = self._again.pop(0) if self._again else None
        if isinstance(told, Exception):
            raise told
        return told


@contextmanager
def attending(timers: Timers, work: Attend) -> Iterator[None]:
    """Somebody attends to the timers until the block ends."""
    stop = threading.Event()
    thread = threading.Thread(target=timers.attend, args=(work, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


class TimersContract:
    """Subclasses give the fixture `timers`: none is set."""

    def test_what_is_due_is_handed_over_once_and_what_is_not_waits(self, timers):
        now, heard = datetime.now(UTC), Heard(2)
        timers.set("entry", "e-1", now - timedelta(days=1))
        timers.set("escalation", "x-1", now)
        timers.set("entry", "e-2", now + timedelta(days=1))
        assert timers.state().waiting == 3
        assert timers.state().late == 1
        with attending(timers, heard):
            assert heard.all.wait(MINUTE)
        assert sorted(heard.heard) == [("entry", "e-1"), ("escalation", "x-1")]
        assert (timers.state().waiting, timers.state().late) == (1, 0)

    def test_what_asks_for_it_is_handed_over_again(self, timers):
        heard = Heard(2, SOON)
        timers.set("entry", "e-1", datetime.now(UTC))
        with attending(timers, heard):
            assert heard.all.wait(MINUTE)
        assert heard.heard == [("entry", "e-1")] * 2
        assert timers.state().waiting == 0

    def test_who_attends_is_counted(self, timers):
        heard = Heard(1)
        assert timers.state().attended == 0
        timers.set("entry", "e-1", datetime.now(UTC))
        with attending(timers, heard):
            assert heard.all.wait(MINUTE)
            assert timers.state().attended == 1
        assert timers.state().attended == 0
