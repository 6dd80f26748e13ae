"""The thread of a server that works off what happened to cases while nobody could."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from assist.errors import AssistError
from assist.service.desk import Desk

LOG = logging.getLogger(__name__)
EVERY = 15.0
"""Seconds between looks, each a query of an index that is empty where all is well. An act is worked
off by the request that brings it; what is left is of processes that died, or could not go on."""


@contextmanager
def recovering(desk: Desk, every: float = EVERY) -> Iterator[None]:
    """Work off what is left of cases in a thread until the block ends: at once, and again."""
    stop = threading.Event()
    thread = threading.Thread(target=_recover, args=(desk, stop, every), name="case-recovery")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _recover(desk: Desk, stop: threading.Event, every: float) -> None:
    while not stop.is_set():
        try:
            if desk.parts.cases.behind(1):  # langgraph takes a second, and is seldom needed here
                for case_id in asyncio.run(desk.cases.recover()):
                    LOG.info("case %s was left behind, and has caught up", case_id)
        except AssistError as error:
            LOG.error("cases wait: %s", error)  # noqa: TRY400 - it says all there is to say
        except Exception:
            # The edge of this thread: without it the server would answer and never recover again.
            LOG.exception("recovering cases broke off")
        stop.wait(every)
