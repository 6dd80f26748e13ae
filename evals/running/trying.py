"""Trials that are not done yet -> their results, by this process or by several."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assist.domain.evaluation import EvalResult
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.service.reading_ahead import read_all
from assist.settings import Settings
from evals.cases import EvalCase
from evals.running.folder import Trial
from evals.running.ingesting import ingested
from evals.running.progress import Watching
from evals.running.trial import rehearsed, tried
from evals.running.workers import Todo, tried_by

MET = 12
"""Statements that a ticket meets and no ticket before it met, over some hundred tickets."""


@dataclass(frozen=True, slots=True)
class Work:
    """What trials are made with: a home, the corpus that it is to hold, processes and a seed."""

    settings: Settings
    corpus: Path
    workers: int
    seed: int


def results_of(
    work: Work, todo: Todo, watching: Watching, ready: Callable[[Desk], None]
) -> Iterator[EvalResult]:
    """The results as they finish; `ready` is called with the desk once the corpus is read."""
    workers = min(work.workers, len(todo))
    watching.stage(f"ingest {work.corpus.name}")
    with ingested(work.settings, work.corpus, workers) as desk:
        ready(desk)
        _read_ahead(desk, len(todo), watching)
        if workers > 1:
            yield from tried_by(workers, work.settings, todo, work.seed)
            return
        rehearsed(desk)
        for case, trial in todo:
            yield tried(desk, case, trial, work.seed)


def _read_ahead(desk: Desk, trials: int, watching: Watching) -> None:
    """Read what the articles state, as a server does while nobody waits, where it is met anyway."""
    library = desk.opened().library
    unread = desk.parts.statements.unread(library.generation.id)
    if unread <= MET * trials:
        watching.stage("read what the articles state")
        read_all(desk.parts, library.generation.id, tuple(library.passages()), silent)


def todo_of(cases: Sequence[EvalCase], trials: int, done: dict[Trial, EvalResult]) -> Todo:
    """The trials that are not done: every case once, then every case again."""
    every = ((case, trial) for trial in range(1, trials + 1) for case in cases)
    return [(case, trial) for case, trial in every if (case.id, trial) not in done]


def in_order(
    cases: Sequence[EvalCase], trials: int, done: dict[Trial, EvalResult]
) -> tuple[EvalResult, ...]:
    """The results by case and trial, whichever finished first."""
    return tuple(done[case.id, trial] for case in cases for trial in range(1, trials + 1))
