"""Hands over what is timed when its time comes, whichever process lives then."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from assist.domain.timer import TimedKind, TimerState

Attend = Callable[[TimedKind, str], timedelta | None]
"""What is done when a time has come: kind and id. Gives in how long to hand it over again, if at
all. It is called again after a failure or a death, so that doing it twice must change nothing."""


class Timers(Protocol):
    """The timers of one workspace. Ids only: what they are about is read when the time comes."""

    def set(self, kind: TimedKind, about: str, at: datetime) -> None:
        """Hand this over at `at` or later; at once where that has passed."""
        ...

    def attend(self, work: Attend, stop: threading.Event) -> None:
        """Hand over what is due, one at a time, until told to stop.

        Of several processes exactly one is given a timer at a time; that of a process that died is
        handed over again. Raises `StoreUnavailable` where the database went away.
        """
        ...

    def state(self) -> TimerState:
        """How many wait, how many are late, and who attends to them."""
        ...
