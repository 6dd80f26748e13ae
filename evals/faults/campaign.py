"""Faults x cases -> who catches what: the product runs with the fault, the scorers without it."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assist.adapters.clock import SystemClock
from assist.domain.suggestion import Suggestion
from assist.errors import BadInput
from assist.policies.located import suggestion as nearest
from evals.cases import EvalCase
from evals.decisions.scoring import DECISION_SCORERS
from evals.faults import deciding
from evals.faults.catching import Scores, caught
from evals.faults.deciding import EngineFault
from evals.faults.engine import PREFIX, Engine
from evals.faults.fault import Fault
from evals.faults.known import FAULTS
from evals.faults.results import Campaign, Graded
from evals.faults.sound import MEASURED, Sound, result, suggested
from evals.homes import own_settings, temporary_home
from evals.running.choosing import cases_of
from evals.running.ingesting import ingested
from evals.running.progress import Watching
from evals.running.trial import rehearsed
from evals.scorers import SCORERS
from evals.scorers.fingerprint import grader
from evals.suites import ROOT, Suite, find

CORPUS = "kb_corpus"
CASES = ("evals/cases/core", "evals/cases/traps", "evals/cases/everyday", "evals/cases/hard")
"""Curated cases."""
OWN = "evals/faults/cases"
"""What no curated case shows: a promise with a day, and such."""
TRIED = 10
"""Times as many cases are tried as a fault has to show on, before it is given up."""


@dataclass(frozen=True, slots=True)
class Grading:
    """One campaign: these faults, each of a suggestion shown on so many cases."""

    faults: tuple[Fault, ...]
    engine: tuple[EngineFault, ...]
    each: int

    @property
    def whole(self) -> bool:
        """Whether every fault that there is will be planted."""
        return len(self.faults) + len(self.engine) == len(FAULTS) + len(deciding.FAULTS)


@dataclass(frozen=True, slots=True)
class _Found:
    """Faults graded, on how many cases, and what moves with nothing planted."""

    faults: tuple[Graded, ...] = ()
    cases: int = 0
    moved: tuple[str, ...] = ()


def run_campaign(asked: Grading, watching: Watching) -> Campaign:
    """Every fault planted, over the sample company's cases in a home of its own."""
    now, began = SystemClock().now(), time.perf_counter()
    watching.begin(len(asked.faults) + len(asked.engine), 0)
    told = _of_suggestions(asked, watching) if asked.faults else _Found()
    faults = (*told.faults, *_of_decisions(asked, watching))
    return Campaign(
        started_at=now,
        seconds=round(time.perf_counter() - began, 2),
        grader=grader(),
        cases=told.cases,
        faults=faults,
        moved=told.moved,
        never=_never(faults) if asked.whole else (),
    )


def _never(faults: Sequence[Graded]) -> tuple[str, ...]:
    """The scorers that none of the faults made fall."""
    fell = {one.scorer for fault in faults for one in fault.caught}
    names = (*SCORERS, *(f"{PREFIX}{name}" for name in DECISION_SCORERS))
    return tuple(name for name in names if name not in fell)


def company_cases() -> tuple[EvalCase, ...]:
    """The curated cases of the sample company, and our own."""
    there = [folder for folder in (*CASES, OWN) if any((ROOT / folder).glob("*.yaml"))]
    return cases_of(Suite(corpus=CORPUS, cases=tuple(there)))


def grading_of(names: Sequence[str], each: int) -> Grading:
    """The faults of these names; all where none is given. Raises `BadInput`."""
    known = [*(fault.name for fault in FAULTS), *(fault.name for fault in deciding.FAULTS)]
    for name in names:
        if name not in known:
            cure = nearest(name, tuple(known))
            raise BadInput(f"there is no fault {name!r}", where="--fault", cure=cure)
    return Grading(
        faults=tuple(fault for fault in FAULTS if not names or fault.name in names),
        engine=tuple(fault for fault in deciding.FAULTS if not names or fault.name in names),
        each=each,
    )


def _of_suggestions(asked: Grading, watching: Watching) -> _Found:
    """The faults of suggestions, over a desk that is opened once."""
    cases = company_cases()
    watching.stage(f"ingest {CORPUS}")
    with temporary_home() as home, ingested(own_settings(home), find(CORPUS)) as desk:
        rehearsed(desk)
        sound = Sound(desk)
        moved = sound.moved(cases[: asked.each])
        found = []
        for fault in asked.faults:
            found.append(graded(fault, cases, sound, asked.each))
            watching.finished(fault.name)
        return _Found(tuple(found), len(sound), moved)


def _of_decisions(asked: Grading, watching: Watching) -> Iterator[Graded]:
    if not asked.engine:
        return
    engine = Engine()
    for fault in asked.engine:
        yield engine.graded(fault)
        watching.finished(fault.name)


def graded(fault: Fault, cases: Sequence[EvalCase], sound: Sound, each: int) -> Graded:
    """The fault planted on cases until it has shown on `each`; the scorers judge without it."""
    faulty: dict[str, Scores] = {}
    before: dict[str, Scores] = {}
    tried = broke = 0
    for case in islice(_open_to(fault, cases, sound), TRIED * each):
        tried += 1
        with fault.plant():
            made, error = suggested(sound.desk, case)
        broke += made is None
        if made is not None and _shows(fault, case, sound, made):
            faulty[case.id] = _counted(fault, result(sound.desk, case, made, error).scores)
            before[case.id] = sound.of(case).scores
        if len(faulty) == each:
            break
    return Graded(
        name=fault.name,
        about=fault.about,
        where=fault.where,
        meant=fault.meant,
        tried=tried,
        shown=len(faulty),
        broke=broke,
        caught=tuple(caught(fault.meant, before, faulty)),
        cases=tuple(faulty),
    )


def _open_to(fault: Fault, cases: Sequence[EvalCase], sound: Sound) -> Iterator[EvalCase]:
    return (case for case in cases if fault.on(case, sound.of(case)))


def _shows(fault: Fault, case: EvalCase, sound: Sound, made: Suggestion) -> bool:
    was = sound.of(case).suggestion
    return was is not None and fault.hurts(case, was, made)


def _counted(fault: Fault, scores: Scores) -> Scores:
    """Without what tells the machine, unless it is meant to see the fault."""
    return {n: s for n, s in scores.items() if n not in MEASURED or n in fault.meant}
