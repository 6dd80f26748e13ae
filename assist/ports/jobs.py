"""Keeps ingest jobs."""

from datetime import datetime
from typing import Protocol

from assist.domain.jobs import Job
from assist.ports.sources import Reading


class JobStore(Protocol):
    """Ingest jobs in the order they came, for one workspace. One is built at a time."""

    def add(self, job: Job, reading: Reading | None, home: str | None = None) -> None:
        """Keep a new job, with what was read for it; none where its files were uploaded.

        They lie in a home then, and only who builds there can claim it.
        """
        ...

    def get(self, job_id: str) -> Job:
        """Raises `NotFound`."""
        ...

    def latest(self, limit: int) -> tuple[Job, ...]:
        """The newest first."""
        ...

    def unfinished(self) -> tuple[Job, ...]:
        """Those that wait or are being built, oldest first."""
        ...

    def reading(self, job_id: str) -> Reading:
        """What was read for a job that has not ended. Raises `NotFound`."""
        ...

    def claim(self, builder: str, at: datetime) -> Job | None:
        """The oldest unfinished job, now being built by this builder; none while another's is.

        One whose files lie in another home is passed over. One that the same builder had begun is
        begun again: it has died since. So is one that its builder has not shown a sign of life for
        long.
        """
        ...

    def save(self, job: Job) -> None:
        """Keep its state and progress. One that ended loses its reading, old ones go."""
        ...
