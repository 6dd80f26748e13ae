"""Ingesting as a job: what was asked for, how far it is, and what came of it."""

from datetime import datetime
from typing import Literal

from assist.domain.base import Model
from assist.domain.knowledge import Kind, ReadProblem

JobState = Literal["waiting", "building", "published", "unchanged", "failed"]
"""`waiting` and `building` go on; the others are how a job ends."""
SentAs = Literal["reading", "documents", "files"]
"""`reading`: another process of this home has read it. `documents` and `files` came over HTTP; the
builder reads them."""


class IngestReport(Model):
    """What an ingest did. `generation` is the one that serves afterwards."""

    generation: str
    published: bool
    added: int
    changed: int
    removed: int
    unchanged: int
    documents: int
    passages: int
    problems: tuple[ReadProblem, ...]
    """What could not be read, and what was read but holds nothing, by `severity`."""
    errors: int
    warnings: int
    seconds: float

    @property
    def summary(self) -> str:
        """One sentence for a person."""
        if not self.published:
            return f"nothing changed: {self.documents} documents, {self.passages} passages"
        return (
            f"{self.added} added, {self.changed} changed, {self.removed} removed, "
            f"{self.unchanged} unchanged: {self.documents} documents, {self.passages} passages"
        )


class Failure(Model):
    """Why a job failed: the name of the error, what is wrong, what to do, and where."""

    kind: str
    problem: str
    cure: str = ""
    where: str = ""


class Job(Model):
    """One ingest that the process which owns the home carries out.

    `source` is the path that was read, or the name under which the sender keeps its documents,
    empty where it gave none. `stage`, `done` and `total` are its progress; `attempts` counts how
    often somebody began to build it.
    """

    id: str
    state: JobState = "waiting"
    sent_as: SentAs
    source: str
    kind: Kind | None = None
    prune: bool = False
    stage: str = ""
    done: int = 0
    total: int = 0
    attempts: int = 0
    generation: str | None = None
    report: IngestReport | None = None
    problem: Failure | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def ended(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state not in ("waiting", "building")
