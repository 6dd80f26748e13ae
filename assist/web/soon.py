"""Work that a page waits for a moment, and that goes on where it takes longer."""

import asyncio
import logging
from collections.abc import Callable, Coroutine

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from assist.errors import AssistError, NotFound
from assist.service.desk import Desk
from assist.web.worker import Worker

LOG = logging.getLogger(__name__)
MOMENT = 0.8
"""Seconds: an extractive suggestion is there within it, and a page that shows it comes at once."""


async def soon(
    request: Request, work: Callable[[], Coroutine[None, None, None]], kept: Callable[[], bool]
) -> None:
    """Have an act done; returns when it is, or is `kept` and takes its time.

    What was kept is not lost with this process: whoever comes next works it off. Raises what the
    act does, where it does within the moment or nothing was kept.
    """
    worker: Worker = request.app.state.worker
    task = asyncio.create_task(worker.run(work))
    while not task.done():
        await asyncio.wait({task}, timeout=MOMENT)
        if not task.done() and await run_in_threadpool(kept):
            _leave(request.app.state.left, task)
            return
    task.result()


def more_than_now(desk: Desk, case_id: str) -> Callable[[], bool]:
    """Whether something was kept of a case since this was called; it may be a new one."""
    before = _events(desk, case_id)
    return lambda: _events(desk, case_id) > before


def _events(desk: Desk, case_id: str) -> int:
    try:
        return desk.parts.cases.get(case_id).events
    except NotFound:
        return 0


def _leave(left: set[asyncio.Task[None]], task: "asyncio.Task[None]") -> None:
    """It goes on without anybody who waits; why it broke off, where it does, is logged."""
    left.add(task)  # what nobody holds may be tidied away while it runs
    task.add_done_callback(left.discard)
    task.add_done_callback(_log)


def _log(task: "asyncio.Task[None]") -> None:
    error = None if task.cancelled() else task.exception()
    if isinstance(error, AssistError):
        LOG.warning("a case waits: %s", error)
    elif error is not None:
        LOG.error("a case waits: what was done on it broke off", exc_info=error)
