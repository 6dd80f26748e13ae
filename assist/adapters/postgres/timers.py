"""`Timers` by procrastinate: jobs in the same PostgreSQL, run by one process at a time.

The only file that imports it. Each job is a kind and an id. A job is deleted when it is done; one
that failed, or has to be looked at again, is put back for later by the database's own clock.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from assist.adapters.postgres import timers_sql as sql
from assist.adapters.postgres.database import ROLE, Database
from assist.domain.timer import TimedKind, TimerState
from assist.errors import AssistError, StoreUnavailable
from assist.ports.timers import Attend

if TYPE_CHECKING:
    from procrastinate import App

LOG = logging.getLogger(__name__)
ENTER = "SELECT set_config('role', %s, false), set_config('assist.workspace', %s, false)"
POLL = 5.0
"""Seconds between looks for a job: nobody promises anything to the second, and each is a query of
an index."""
LOST_AFTER = 30.0
"""Seconds without a sign of life from a process until its job is taken up by another: three that
were missed."""
AGAIN = timedelta(seconds=30)
AT_MOST = timedelta(hours=1)
"""A job that fails waits so long, twice as long each time, and never longer than that."""
LOOKS_TO_STOP = 0.2


class PostgresTimers:
    """The timers of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set(self, kind: TimedKind, about: str, at: datetime) -> None:
        """Hand this over at `at` or later; at once where that has passed."""
        with self._database.begin() as connection:
            sql.set_timers(connection, kind, {about: at})

    def state(self) -> TimerState:
        """How many wait, how many are late, and who attends to them."""
        with self._database.connect() as connection:
            row = connection.execute(sql.STATE).mappings().one()
        return TimerState.model_validate(dict(row))

    def attend(self, work: Attend, stop: threading.Event) -> None:
        """Hand over what is due until told to stop. Raises `StoreUnavailable`."""
        with _named():
            asyncio.run(self._attend(work, stop))

    async def _attend(self, work: Attend, stop: threading.Event) -> None:
        async with self._app(work) as app:
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=[self._database.workspace],
                    install_signal_handlers=False,
                    listen_notify=False,  # what is set is for later: looking now and then will do
                    fetch_job_polling_interval=POLL,
                    stalled_worker_timeout=LOST_AFTER,
                    delete_jobs="successful",
                )
            )
            try:
                await self._watch(app, worker, stop)
            finally:
                worker.cancel()
                with suppress(asyncio.CancelledError):
                    await worker

    async def _watch(self, app: "App", worker: "asyncio.Task[None]", stop: threading.Event) -> None:
        """Until told to stop, or the worker ends by itself; take up what others left meanwhile."""
        loop = asyncio.get_running_loop()
        next_look = loop.time()
        while not stop.is_set() and not worker.done():
            if loop.time() >= next_look:
                await self._take_up(app)
                next_look = loop.time() + LOST_AFTER
            await asyncio.wait([worker], timeout=LOOKS_TO_STOP)
        if worker.done() and not stop.is_set():
            await worker
            raise StoreUnavailable("timers are not attended to any more", cure="see the log")

    async def _take_up(self, app: "App") -> None:
        """Put back the jobs of processes that died in the middle."""
        found = await app.job_manager.get_stalled_jobs(
            queue=self._database.workspace, seconds_since_heartbeat=LOST_AFTER
        )
        for job in found:
            LOG.warning("a process died while it looked at %s: taken up again", job.task_kwargs)
            await app.job_manager.retry_job(job)

    @asynccontextmanager
    async def _app(self, work: Attend) -> "AsyncIterator[App]":
        """The queue over connections of its own, held to the workspace."""
        from procrastinate import App, PsycopgConnector
        from psycopg import AsyncConnection

        async def enter(connection: AsyncConnection[Any]) -> None:
            await connection.execute(ENTER, (ROLE, self._database.workspace))
            await connection.commit()

        connector = PsycopgConnector(
            conninfo=self._database.conninfo, configure=enter, min_size=1, max_size=3, timeout=10.0
        )
        app = App(connector=connector)

        def hand_over(kind: TimedKind, about: str) -> None:
            again = _logged(work, kind, about)
            if again is not None:
                raise _LaterError(self._in(again))

        app.task(name=sql.TASK, retry=_patience())(hand_over)
        async with app.open_async():
            yield app

    def _in(self, wait: timedelta) -> datetime:
        """When to look again, by the clock that says what is due in the queue."""
        with self._database.connect() as connection:
            now: datetime = connection.execute(sql.NOW).scalar_one()
        return now + wait


class _LaterError(Exception):
    """It has to be looked at again, and nothing went wrong."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        super().__init__(f"again at {at}")


def _logged(work: Attend, kind: TimedKind, about: str) -> timedelta | None:
    """The work done; what goes wrong is logged here: the queue tries again without a word."""
    try:
        return work(kind, about)
    except AssistError as error:
        LOG.error("%s %s waits: %s", kind, about, error)  # noqa: TRY400 - it says all
        raise
    except Exception:
        LOG.exception("looking at %s %s broke off", kind, about)
        raise


def _patience() -> Any:
    """When a job is tried again: at its own time, or later each time it fails; it never ends."""
    from procrastinate import BaseRetryStrategy, RetryDecision
    from procrastinate.jobs import Job

    class Patience(BaseRetryStrategy):
        def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
            if isinstance(exception, _LaterError):
                return RetryDecision(retry_at=exception.at)
            wait = min(AGAIN * 2 ** min(job.attempts, 10), AT_MOST)
            return RetryDecision(retry_in={"seconds": int(wait.total_seconds())})

    return Patience()


@contextmanager
def _named() -> Iterator[None]:
    """What procrastinate and psycopg report -> our error tree."""
    from procrastinate.exceptions import ProcrastinateException
    from psycopg import Error
    from psycopg_pool import PoolTimeout

    try:
        yield
    except (ProcrastinateException, Error, PoolTimeout) as error:
        raise StoreUnavailable(
            f"timers cannot be attended to: {type(error).__name__}",
            cure="see that the database runs: they are attended to as soon as it does",
        ) from error
