"""The thread of a server that only reads: it opens what the process that builds has published."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from assist.errors import AssistError, NotReady
from assist.service.desk import Desk
from assist.service.jobs import StoppedError
from assist.service.turns import GivingWay

LOG = logging.getLogger(__name__)
FOLLOWED_EVERY = 1.0
"""Seconds between looks for a new generation, a query of a millisecond. A notice from the database
would come sooner and take a connection of its own for each process, which does not pass a pool of
connections; requests go on with the generation before, so that nobody waits for it."""
AFTER_A_FAULT = 5.0


@contextmanager
def following(desk: Desk) -> Iterator[None]:
    """Open what is published, and let go of what was, in a thread until the block ends."""
    stop = threading.Event()
    thread = threading.Thread(target=_follow, args=(desk, stop), name="follower")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _follow(desk: Desk, stop: threading.Event) -> None:
    def go_on(*_: object) -> None:
        if stop.is_set():
            raise StoppedError

    gentle = replace(desk.parts, embedder=GivingWay(desk.parts.embedder, desk.turns, go_on))
    said = ""
    while not stop.is_set():
        pause = FOLLOWED_EVERY
        try:
            desk.follow(gentle)
            desk.tidy()
            said = ""
        except StoppedError:
            return
        except NotReady:
            pause = FOLLOWED_EVERY  # it is being built
        except AssistError as error:
            if said != str(error):
                LOG.error("nothing new is opened: %s", error)  # noqa: TRY400 - all there is to say
            said, pause = str(error), AFTER_A_FAULT
        except Exception:
            # The edge of this thread: without it the server would answer and never read again.
            LOG.exception("following broke off")
            pause = AFTER_A_FAULT
        stop.wait(pause)
