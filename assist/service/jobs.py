"""Ingest jobs: sent by whoever does not own the home, built by whoever does, one at a time.

The order is the order they came in. A job is prepared when its turn comes, against what serves
then: two that were sent at once both end up in what is served.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from assist import errors
from assist.domain.jobs import Failure, IngestReport, Job, SentAs
from assist.domain.knowledge import Kind
from assist.ports import Clock, JobStore, Progress, Reading, Source
from assist.service.merging import Prune
from assist.service.parts import Parts
from assist.service.sent import in_senders_words, read_sent

MOST_UNFINISHED = 100
"""Jobs that may wait: each holds files or documents, and somebody who looks should see why."""
MOST_ATTEMPTS = 3
"""A job whose builder died so often is more likely the cause than unlucky."""
SHOWN_EVERY = timedelta(seconds=0.25)
"""How often progress is written down: a bar that moves four times a second moves."""

Carry = Callable[[Reading, Prune, Progress, datetime], IngestReport]
"""Make what was read part of what serves; the time is when it was sent."""


def new_id() -> str:
    """An id that no job has."""
    return f"j-{uuid4().hex[:16]}"


def new_job(
    job_id: str,
    clock: Clock,
    *,
    sent_as: SentAs,
    source: str,
    kind: Kind | None,
    prune: Prune,
) -> Job:
    """A job that nobody knows of yet."""
    now = clock.now()
    return Job(
        id=job_id,
        sent_as=sent_as,
        source=source,
        kind=kind,
        prune=prune is Prune.GONE,
        created_at=now,
        updated_at=now,
    )


def check_room(jobs: JobStore) -> None:
    """Raises `TooMany` where enough jobs wait already."""
    waiting = len(jobs.unfinished())
    if waiting >= MOST_UNFINISHED:
        raise errors.TooMany(
            f"{waiting} ingest jobs are waiting already", cure="send it when some of them are done"
        )


def hand_in(
    jobs: JobStore,
    clock: Clock,
    reading: Reading,
    *,
    source: str,
    prune: Prune,
) -> Job:
    """A job for whoever owns the home, with what was read for it. Raises `TooMany`."""
    check_room(jobs)
    job = new_job(new_id(), clock, sent_as="reading", source=source, kind=None, prune=prune)
    jobs.add(job, reading)
    return job


@dataclass(frozen=True, slots=True)
class Guest:
    """What a process can do beside the one that owns the home: read, send, and follow."""

    jobs: JobStore
    source: Source
    clock: Clock

    def send(self, path: Path, *, kind: Kind | None, prune: Prune, progress: Progress) -> Job:
        """Read a path here and leave the rest to the owner. Raises `BadKnowledgeBase`."""
        check_room(self.jobs)
        job = new_job(
            new_id(), self.clock, sent_as="reading", source=str(path), kind=kind, prune=prune
        )
        progress("read", 0, 1)
        reading = self.source.read(path, kind)
        progress("read", 1, 1)
        self.jobs.add(job, reading)
        return job

    def follow(self, job_id: str, *, progress: Progress, wait: Callable[[], None]) -> IngestReport:
        """The report once somebody has built it; `wait` is called between looks.

        Raises what the builder raised.
        """
        while not (job := self.jobs.get(job_id)).ended:
            if job.stage:
                progress(job.stage, job.done, job.total)
            wait()
        return outcome(job)


def outcome(job: Job) -> IngestReport:
    """The report of a job that ended; raises what made it fail."""
    if job.problem is not None:
        raise _error(job.problem)
    if job.report is None:
        raise errors.NotReady(f"job {job.id} is {job.state}", cure="wait until it has ended")
    return job.report


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds jobs for the process that owns the home. `carry` makes a reading serve."""

    parts: Parts
    carry: Carry

    def tidy(self) -> None:
        """Delete files of jobs that a killed server never got to know of."""
        self.parts.uploads.keep({job.id for job in self.parts.jobs.unfinished()})

    def build_next(self, progress: Progress) -> Job | None:
        """Take the next job and bring it to its end, good or bad; none where none waits.

        An error that is not ours leaves it as it is: the next attempt begins it again.
        """
        jobs, clock = self.parts.jobs, self.parts.clock
        job = jobs.claim(self.parts.home, clock.now())
        if job is None:
            return None
        try:
            ended = self._built(job, progress)
        except errors.AssistError as error:
            ended = job.model_copy(update={"state": "failed", "problem": _failure(error, job)})
        except StoppedError:
            unbegun = {"state": "waiting", "attempts": job.attempts - 1}
            jobs.save(job.model_copy(update=unbegun))
            raise
        ended = ended.model_copy(update={"updated_at": clock.now()})
        jobs.save(ended)
        if job.sent_as != "reading":
            self.parts.uploads.remove(job.id)
        return ended

    def build_until(self, job_id: str, progress: Progress) -> IngestReport:
        """Build all that come before this job, and it. Raises what made it fail."""
        while not (job := self.parts.jobs.get(job_id)).ended:
            if self.build_next(progress) is None:
                raise errors.NotReady(
                    f"job {job_id} is being built by another home on the same database",
                    cure="wait for it",
                )
        return outcome(job)

    def _built(self, job: Job, progress: Progress) -> Job:
        if job.attempts > MOST_ATTEMPTS:
            raise errors.Unavailable(
                f"whoever built it stopped in the middle, {MOST_ATTEMPTS} times over",
                cure="look at the server's log, and send it in smaller parts",
            )
        shown = _Shown(self.parts, job, progress)
        if job.sent_as == "reading":
            reading = self.parts.jobs.reading(job.id)
        else:
            shown("read", 0, 1)
            reading = read_sent(self.parts.source, self.parts.uploads.folder(job.id), job)
            shown("read", 1, 1)
        prune = Prune.GONE if job.prune else Prune.NOTHING
        report = self.carry(reading, prune, shown, job.created_at)
        state = "published" if report.published else "unchanged"
        end = {"state": state, "report": report, "generation": report.generation}
        return shown.job.model_copy(update=end)


class StoppedError(Exception):
    """Raised out of a build by its progress when the process is asked to end."""


@dataclass(slots=True)
class _Shown:
    """A progress that others can see: written down now and then."""

    parts: Parts
    job: Job
    progress: Progress
    at: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.job.updated_at

    def __call__(self, stage: str, done: int, total: int) -> None:
        self.progress(stage, done, total)
        now = self.parts.clock.now()
        if stage == self.job.stage and done < total and now - self.at < SHOWN_EVERY:
            return
        self.at = now
        change = {"stage": stage, "done": done, "total": total, "updated_at": now}
        self.job = self.job.model_copy(update=change)
        self.parts.jobs.save(self.job)


def _failure(error: errors.AssistError, job: Job) -> Failure:
    where = error.where if job.sent_as == "reading" else in_senders_words(error.where, job)
    return Failure(kind=type(error).__name__, problem=error.problem, cure=error.cure, where=where)


def _error(failure: Failure) -> errors.AssistError:
    """The error as the builder raised it; of a kind that this release lacks, the general one."""
    kind = getattr(errors, failure.kind, errors.AssistError)
    error: errors.AssistError = kind(failure.problem, cure=failure.cure, where=failure.where)
    return error
