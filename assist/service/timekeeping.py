"""The threads of a server that look at what is timed: as its time comes, and at what was missed."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assist.errors import AssistError
from assist.service.desk import Desk
from assist.service.reminding import Reminding

LOG = logging.getLogger(__name__)
SWEEP_EVERY = 300.0
"""Seconds between looks for what no timer told of: a query of an index, for what a lost timer, a
clock that was set or a release without timers left behind. Nobody waits for it."""
AFTER_A_FAULT = 5.0
"""Seconds until it is tried again when the database did not answer, or worse."""


@contextmanager
def timekeeping(desk: Desk, sweep_every: float = SWEEP_EVERY) -> Iterator[None]:
    """Look at what is timed, in threads, until the block ends; a look that is begun is ended."""
    stop, reminding = threading.Event(), Reminding(desk)

    def attend() -> float:
        reminding.nightly.plan()
        desk.parts.timers.attend(reminding.attend, stop)
        return 0.0

    def sweep() -> float:
        if count := reminding.sweep():
            LOG.info("%d entries of the ledger were due and nobody had been told", count)
        return sweep_every

    threads = [
        threading.Thread(target=_again_and_again, args=(work, stop), name=name)
        for name, work in (("timers", attend), ("timers-missed", sweep))
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        reminding.nightly.close()
        for thread in threads:
            thread.join()


def _again_and_again(work: Callable[[], float], stop: threading.Event) -> None:
    """Do it until told to stop; it says in how many seconds to do it again."""
    while not stop.is_set():
        try:
            pause = work()
        except AssistError as error:
            LOG.error("timers wait: %s", error)  # noqa: TRY400 - it says all there is to say
            pause = AFTER_A_FAULT
        except Exception:
            # The edge of this thread: without it the server would answer and remind nobody.
            LOG.exception("timers broke off")
            pause = AFTER_A_FAULT
        stop.wait(pause)
