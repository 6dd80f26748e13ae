"""Where finished trials go: a folder that a killed run is taken up from, or memory."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Protocol

from assist.domain.base import Model
from assist.domain.evaluation import EvalResult, EvalRun, EvalVersions
from evals.running.asked import Asked
from evals.running.folder import Begun, RunFolder, Trial


class Keeping(Protocol):
    """What was begun, what of it is done, and where more of it is kept."""

    begun: Begun
    done: dict[Trial, EvalResult]

    def bind(self, versions: EvalVersions) -> None:
        """Say what is known once the corpus has been read."""

    def keep(self, result: EvalResult) -> None:
        """Keep a finished trial."""

    def finish(self, run: EvalRun) -> None:
        """Keep the whole run."""


class Remembered:
    """Nothing but memory: a run that nobody can take up."""

    def __init__(self, begun: Begun) -> None:
        self.begun = begun
        self.done: dict[Trial, EvalResult] = {}

    def bind(self, versions: EvalVersions) -> None:
        """Say what is known once the corpus has been read."""
        self.begun = self.begun.model_copy(update={"versions": versions})

    def keep(self, result: EvalResult) -> None:
        """Remember a finished trial."""
        self.done[result.case_id, result.trial] = result

    def finish(self, run: EvalRun) -> None:
        """Nobody asked for it to be kept."""


@contextmanager
def kept(
    asked: Asked, versions: EvalVersions, cases: Sequence[Model], now: datetime
) -> Iterator[Keeping]:
    """The place for what was asked. Raises as `RunFolder.open` does."""
    begun = Begun(
        id=_run_id(asked.name, now, versions),
        suite=asked.name,
        kind=asked.suite.kind,
        started_at=now,
        versions=versions,
    )
    if asked.out is None:
        yield Remembered(begun)
        return
    with closing(RunFolder.open(asked.out, begun, cases)) as folder:
        yield folder


def _run_id(suite: str, now: datetime, versions: EvalVersions) -> str:
    told = f"{now.isoformat()}{versions.model_dump_json()}"
    return f"{suite}-{now:%Y%m%dT%H%M%SZ}-{hashlib.sha256(told.encode()).hexdigest()[:6]}"
