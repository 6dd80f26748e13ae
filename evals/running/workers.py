"""Trials in processes of their own, each with a desk in the home that the caller owns.

A server process imports what all of them need once and forks them, which spares each of them
seconds. They read what the caller has ingested, as the workers of `assist serve` do.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from multiprocessing import get_context, parent_process
from multiprocessing.util import Finalize
from typing import Any, TypeVar

from assist.adapters.indexes import Share
from assist.domain.evaluation import EvalResult
from assist.errors import Unavailable
from assist.service.desk import Desk
from assist.settings import Settings
from assist.wiring import joined
from evals.cases import EvalCase
from evals.running.trial import rehearsed, tried

Todo = Sequence[tuple[EvalCase, int]]
"""Cases and the numbers of their trials."""
LOADED = ("evals.running.loaded",)
T = TypeVar("T")


class _Own:
    """What this process has open: nothing, until its first trial."""

    settings: Settings
    desk: Desk | None = None
    stack = ExitStack()


def tried_by(workers: int, settings: Settings, todo: Todo, seed: int) -> Iterator[EvalResult]:
    """The trials' results as they finish. Raises as `done_by` does."""
    yield from done_by(workers, settings, tried, [(*one, seed) for one in todo])


def done_by(
    workers: int, settings: Settings, act: Callable[..., T], jobs: Sequence[tuple[Any, ...]]
) -> Iterator[T]:
    """What `act(desk, *job)` comes to, as jobs finish; it is a function that a process can import.

    Raises what a worker's desk does, `Unavailable` where a worker dies. When the caller stops
    listening, jobs that are running are ended and nothing new is begun.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(list(LOADED))
    pool = ProcessPoolExecutor(
        min(workers, len(jobs)), context, initializer=_begin, initargs=(settings,)
    )
    try:
        waiting: list[Future[T]] = [pool.submit(_do, act, *job) for job in jobs]
        for future in as_completed(waiting):
            yield future.result()
    except BrokenProcessPool as error:
        raise Unavailable(
            "a worker died before it was done",
            cure="the same --out goes on; give fewer --workers if memory is short",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(settings: Settings) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's to hear
    _Own.settings = settings
    Finalize(None, _Own.stack.close, exitpriority=1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _do(act: Callable[..., T], *job: Any) -> T:
    if _Own.desk is None:
        _Own.desk = _Own.stack.enter_context(joined(_Own.settings, Share.READS))
        rehearsed(_Own.desk)
    return act(_Own.desk, *job)


def _end_with_parent() -> None:
    """A killed caller leaves no process and no database behind."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        _Own.stack.close()
        os._exit(1)
