"""The thread of a server that forgets cases which ended long ago, once a day."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from assist.errors import AssistError
from assist.service.forgetting import Forgetting

LOG = logging.getLogger(__name__)
EVERY = 24 * 3600.0
"""Seconds. The limit is in days: to look more often would find nothing more."""
AFTER_A_FAULT = 600.0
"""Seconds until the next try where the database did not answer."""


@contextmanager
def expiring(forgetting: Forgetting, days: int, every: float = EVERY) -> Iterator[None]:
    """Forget what ended `days` ago in a thread until the block ends: at once, and every day."""
    stop = threading.Event()
    thread = threading.Thread(
        target=_expire, args=(forgetting, days, every, stop), name="retention"
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _expire(forgetting: Forgetting, days: int, every: float, stop: threading.Event) -> None:
    while not stop.is_set():
        pause = every
        try:
            if gone := forgetting.expire(days):
                LOG.info("forgot %s cases and suggestions older than %s days", gone, days)
        except AssistError as error:
            LOG.error("old cases wait to be forgotten: %s", error)  # noqa: TRY400 - it says all
            pause = min(every, AFTER_A_FAULT)
        except Exception:
            # The edge of this thread: without it the server would answer and never forget again.
            LOG.exception("forgetting old cases broke off")
            pause = min(every, AFTER_A_FAULT)
        stop.wait(pause)
