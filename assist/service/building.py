"""The thread of a server that builds ingest jobs, and reads ahead, while requests are answered."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from assist.errors import AssistError
from assist.service.desk import Desk
from assist.service.following import FOLLOWED_EVERY
from assist.service.freshness import Freshness
from assist.service.jobs import StoppedError
from assist.service.reading_ahead import ReadingAhead
from assist.service.turns import GivingWay

LOG = logging.getLogger(__name__)

POLL = 0.25
"""Seconds between looks for a job. A look takes a millisecond, so this is less than half a percent
of a core, and needs no connection of its own for notices."""
AFTER_A_FAULT = 5.0
"""Seconds until the next look when the database did not answer, or worse."""


@contextmanager
def building(desk: Desk) -> Iterator[None]:
    """Build the desk's jobs in a thread until the block ends; one that is half done waits then."""
    stop = threading.Event()
    desk.builder().tidy()  # before files of this server's own clients arrive
    thread = threading.Thread(target=_build, args=(desk, stop), name="ingest-builder")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _build(desk: Desk, stop: threading.Event) -> None:
    def go_on(*_: object) -> None:
        if stop.is_set():
            raise StoppedError

    gentle = replace(desk.parts, embedder=GivingWay(desk.parts.embedder, desk.turns, go_on))
    builder, ahead = desk.builder(gentle), ReadingAhead(desk, gentle.embedder)
    looked = Freshness(FOLLOWED_EVERY)
    while not stop.is_set():
        try:
            busy = bool(builder.build_next(go_on))
            if not looked.lately():
                looked.now()
                busy = desk.follow(gentle) or busy  # what another home published
            busy = busy or ahead.step()
            pause = 0.0 if busy else POLL
            desk.tidy()
        except StoppedError:
            return
        except AssistError as error:
            LOG.error("ingest jobs wait: %s", error)  # noqa: TRY400 - it says all there is to say
            pause = AFTER_A_FAULT
        except Exception:
            # The edge of this thread: without it the server would answer and never build again.
            LOG.exception("an ingest job broke off")
            pause = AFTER_A_FAULT
        stop.wait(pause)
