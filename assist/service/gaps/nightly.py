"""The look for gaps of every night: when it is due, and the thread that does it.

A timer says that the time has come. The look itself takes minutes, in which the timers of promises
must go on: so it has a thread of its own, and the timer asks again until it has ended.
"""

import logging
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from assist.domain.gap_work import GapRun
from assist.errors import AssistError, TookTooLong

if TYPE_CHECKING:
    from assist.service.desk import Desk

LOG = logging.getLogger(__name__)
ASKED = "asked "
"""In front of the time of a look that somebody asked for; the others are of the night."""
AGAIN = timedelta(seconds=30)
"""Until the timer asks again whether the look has ended."""
AFTER_A_FAULT = timedelta(hours=1)
"""Until a look that failed is tried again: the knowledge base or the disk may need somebody."""
PATIENCE = 20.0
"""Seconds that a server which ends waits for a look to notice."""


class Nightly:
    """The nightly look of one process."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._thread: threading.Thread | None = None
        self._ending = threading.Event()

    def plan(self) -> None:
        """Set the timer of the next night; twice does no harm. Nothing where it is turned off."""
        settings, now = self._desk.gap_settings, self._desk.parts.clock.now()
        if settings.nightly:
            at = latest(now, settings.hour) + timedelta(days=1)
            self._desk.parts.timers.set("gaps", at.isoformat(), at)

    def missed(self) -> str | None:
        """The time of the last night's look where it was not begun; none before the first ever."""
        settings, last = self._desk.gap_settings, self._desk.parts.gaps.last_run()
        if not settings.nightly or last is None:
            return None
        planned = latest(self._desk.parts.clock.now(), settings.hour)
        return planned.isoformat() if last.started_at < planned else None

    def attend(self, about: str) -> timedelta | None:
        """See to the look that was due then; in how long to ask again, none once it is done."""
        due, now = datetime.fromisoformat(about.removeprefix(ASKED)), self._desk.parts.clock.now()
        if not about.startswith(ASKED) and not self._desk.gap_settings.nightly:
            return None
        if now < due:
            return due - now
        if self._thread is not None and self._thread.is_alive():
            return AGAIN
        last = self._desk.parts.gaps.last_run()
        if last is None or last.started_at < due:
            return self._begin()
        if not last.error or self._good_since(due):
            return None
        wait = last.ended_at + AFTER_A_FAULT - now
        return wait if wait > timedelta(0) else self._begin()

    def close(self) -> None:
        """End a look that goes on; what it has kept stays, the rest is found the next time."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _good_since(self, due: datetime) -> bool:
        good = self._desk.parts.gaps.last_good_run()
        return good is not None and good.started_at >= due

    def _begin(self) -> timedelta:
        self._thread = threading.Thread(target=self._look, name="gaps", daemon=True)
        self._thread.start()
        return AGAIN

    def _look(self) -> None:
        try:
            run = self._desk.gaps.mine(self._heard)
            LOG.info("looked for gaps in %s tickets: %s, %s new", run.tickets, run.found, run.new)
            self.plan()
        except AssistError as error:
            LOG.error("no look for gaps: %s", error)  # noqa: TRY400 - it says all
        except Exception:
            # The edge of this thread: without it nobody would hear of it.
            LOG.exception("the look for gaps broke off")
            now = self._desk.parts.clock.now()
            broken = GapRun(started_at=now, ended_at=now, error="it broke off: see the log")
            self._desk.parts.gaps.add_run(broken)

    def _heard(self, _stage: str, _done: int, _total: int) -> None:
        if self._ending.is_set():
            raise TookTooLong("the server ends", cure="gaps are looked for the next time")


def latest(now: datetime, hour: int) -> datetime:
    """The last time that it was this hour."""
    today = now.astimezone(UTC).replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)
