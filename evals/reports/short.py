"""A run -> a short JSON document for programs: the verdict, means, harms, changes, worst cases."""

from typing import Any

from pydantic import JsonValue

from assist.domain.base import Model
from assist.domain.evaluation import EvalSlice, EvalSummary, EvalVersions
from assist.web.pages.evals_view import RunView
from assist.web.pages.evals_words import misses

WORST = 50


class ShortReport(Model):
    """What is in a report, without suggestions. `changes` and `flips` are against `against`."""

    id: str
    suite: str
    passed: bool
    refusals: tuple[str, ...]
    cases: int
    trials: int
    versions: EvalVersions
    summaries: tuple[EvalSummary, ...]
    slices: tuple[EvalSlice, ...]
    pass_k: dict[int, float]
    steps: dict[str, JsonValue]
    harms: dict[str, tuple[str, ...]]
    escalation: dict[str, JsonValue]
    calibration: dict[str, JsonValue]
    latency: dict[str, float]
    against: str | None
    changes: tuple[dict[str, JsonValue], ...]
    flips: tuple[dict[str, JsonValue], ...]
    worst: tuple[dict[str, JsonValue], ...]


def short(view: RunView) -> ShortReport:
    """The document."""
    run, found = view.run, view.compared
    missed = view.escalating
    told: dict[str, Any] = {"confidence": view.confidence, "support": view.support}
    return ShortReport(
        id=run.id,
        suite=run.suite,
        passed=run.passed,
        refusals=run.refusals,
        cases=view.cases,
        trials=run.trials,
        versions=run.versions,
        summaries=run.summaries,
        slices=run.slices,
        pass_k=run.pass_k,
        steps={one.step: one.score._asdict() for one in view.steps if one.score},
        harms={harm.name: harm.cases for harm in view.harms},
        escalation={k: list(v) if isinstance(v, tuple) else v for k, v in missed._asdict().items()},
        calibration={
            name: [b._asdict() | {"right": b.right._asdict()} for b in one.bins]
            for name, one in told.items()
            if one
        },
        latency=dict(view.timing.quantiles) if view.timing else {},
        against=view.against.id if view.against else None,
        changes=tuple(c._asdict() | {"sure": c.sure} for c in found.changes) if found else (),
        flips=tuple(
            {"case_id": one.case_id, "scorer": one.scorer, "better": one.better}
            for one in (found.flips if found else ())
        ),
        worst=tuple(
            {"case_id": one.case_id, "trial": one.trial, "error": one.error}
            | {"misses": {name: why for name, _, why in misses(one)}}
            for one in view.worst[:WORST]
        ),
    )
