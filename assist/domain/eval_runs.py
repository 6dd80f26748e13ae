"""Runs of the evaluation harness as the service keeps them: published in parts, listed, looked at.

A run stands here as an `EvalRun` without its results, which are kept one by one: whole suggestions
are megabytes, and a list of runs must not load them.
"""

import math
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Self

from pydantic import Field, JsonValue, model_validator

from assist.domain.base import Model, Unit
from assist.domain.evaluation import CaseScore, EvalResult, EvalRun
from assist.domain.ticket import Ticket

ID = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,119}$"
"""Of runs and cases: they stand in addresses of pages as they are."""
CaseId = Annotated[str, Field(pattern=ID)]
MOST_TRIALS, MOST_RESULTS = 10_000, 1_000_000
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class AskedCase(Model):
    """A curated case as a run read it: what was asked, and what was expected of the answer."""

    id: CaseId
    note: str = ""
    ticket: Ticket | None = None
    expect: dict[str, JsonValue] = Field(default_factory=dict)


class EvalPart(Model):
    """A part of a run: parts of the same run add up. `total` is how many results it has in all.

    `run` stands alike in every part but for its slices and results, of which each part has some.
    """

    run: EvalRun
    asked: tuple[AskedCase, ...] = ()
    total: int = Field(ge=0, le=MOST_RESULTS)

    @model_validator(mode="after")
    def _can_be_kept(self) -> Self:
        for problem in (*_of_run(self.run), *_of_results(self.run)):
            raise ValueError(problem)
        return self


def _of_run(run: EvalRun) -> Iterator[str]:
    if not re.fullmatch(ID, run.id):
        yield f"run.id: {run.id[:40]!r} holds more than letters, digits, - _ and ."
    if run.started_at.tzinfo is None or not FIRST <= run.started_at < LAST:
        yield "run.started_at: needs its offset from UTC, and a year from 1970 to 2199"
    if not all(map(math.isfinite, (run.seconds, *run.pass_k.values()))):
        yield "run.seconds, run.pass_k: are no numbers"


def _of_results(run: EvalRun) -> Iterator[str]:
    for place, one in enumerate(run.results):
        where = f"run.results.{place}"
        if not re.fullmatch(ID, one.case_id):
            yield f"{where}.case_id: holds more than letters, digits, - _ and ."
        if not 1 <= one.trial <= MOST_TRIALS:
            yield f"{where}.trial: must be from 1 to {MOST_TRIALS}"
        if not math.isfinite(one.ms) or one.ms < 0:
            yield f"{where}.ms: is no length of time"


class EvalOutline(Model):
    """What figures are made of: one trial of one case without its suggestion.

    `case` is the fingerprint of what was asked and expected. `needed` is whether the case states
    that it must be escalated, or must not; none where it states neither. `escalated`, `confidence`
    and `support` are of the suggestion, where there is one: whether it escalates, the total of the
    candidate chosen for the main issue, and the share of the draft's factual sentences that are
    supported. `steps` are milliseconds by step.
    """

    case_id: str
    case: str = ""
    trial: int = 1
    title: str = ""
    tags: tuple[str, ...] = ()
    ms: float
    error: str | None = None
    needed: bool | None = None
    escalated: bool | None = None
    codes: tuple[str, ...] = ()
    confidence: Unit | None = None
    support: Unit | None = None
    steps: dict[str, float] = Field(default_factory=dict)
    scores: dict[str, CaseScore]


class EvalRunKept(Model):
    """A run that was published: `run` without results, and `kept` of `total` that have come."""

    run: EvalRun
    total: int
    kept: int
    at: datetime
    by: str = ""

    @property
    def whole(self) -> bool:
        """Whether every result has come."""
        return self.kept >= self.total


class EvalTrial(Model):
    """One trial of one case, whole. `result` is none where the suggestion is kept no longer."""

    outline: EvalOutline
    asked: AskedCase | None = None
    result: EvalResult | None = None


class KeptResult(Model):
    """What a store keeps of one result."""

    outline: EvalOutline
    result: EvalResult
    asked: AskedCase | None = None
