"""Runs to report on: some of whose cases do harm, are not eligible, or could not be judged."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from assist.domain.eval_runs import AskedCase
from assist.domain.evaluation import CaseScore, EvalResult, EvalRun
from evals.reports.gathering import Gathered
from evals.running.files import write
from evals.suites import Suite
from tests.builders import NOW, a_ticket
from tests.evals.builders import a_suggestion
from tests.evals.run_builders import a_run

HOSTILE = "<script>alert(1)</script> | @everyone #1 `x` [a](http://evil.example) \x07"
GATED = Suite(corpus="kb", cases=("cases",), thresholds={"outcome": 0.5, "integrity": 1.0})


def score(value: float | None, why: str = "", **fields: Any) -> CaseScore:
    """A score with its reason."""
    return CaseScore(value=value, explanation=why, **fields)


def a_trial(case_id: str, **fields: Any) -> EvalResult:
    """A trial in order, with full marks."""
    given: dict[str, Any] = {
        "case_id": case_id,
        "tags": ("returns",),
        "ms": 120.0,
        "scores": {"outcome": score(1.0), "integrity": score(1.0), "wording": score(None)},
        "suggestion": a_suggestion(),
    }
    return EvalResult(**(given | fields))


def a_poor_run(**fields: Any) -> EvalRun:
    """Four cases: in order, harmful, not judged, without a suggestion."""
    harmful = {
        "outcome": score(1.0),
        "integrity": score(0.0, HOSTILE),
        "wording": score(0.5, "no 7"),
    }
    unjudged = {"outcome": score(0.0, "timed out", failed=True), "integrity": score(1.0)}
    nothing = {"outcome": score(0.0, "no suggestion: x"), "integrity": score(None)}
    trials = [
        a_trial("fine"),
        a_trial("harmful", scores=harmful, ms=900.0),
        a_trial("unjudged", scores=unjudged),
        a_trial("nothing", scores=nothing, suggestion=None, error="x is not there"),
    ]
    refusals = ("integrity is 0.667, under its threshold 1.0",)
    return a_run(trials, GATED, **({"refusals": refusals} | fields))


def asked(*case_ids: str) -> dict[str, AskedCase]:
    """Their cases: each must not be escalated."""
    told = {"escalation": {"needed": False}, "says": ["30 days"], "odd": None}
    ticket = a_ticket(f"Where is it? {HOSTILE}", subject="Late")
    return {
        one: AskedCase(id=one, note=f"why {one}", ticket=ticket, expect=told) for one in case_ids
    }


def gathered(run: EvalRun, **fields: Any) -> Gathered:
    """The run with its cases."""
    return Gathered(run, asked(*(one.case_id for one in run.results)), **fields)


def kept(run: EvalRun, folder: Path) -> Path:
    """The folder of a run, as `assist-evals run --out` leaves it."""
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "run.json", run.model_dump_json())
    told = [one.model_dump_json() for one in asked(*(r.case_id for r in run.results)).values()]
    write(folder / "cases.json", f"[{','.join(told)}]")
    return folder


def days_later(run: EvalRun, days: int) -> EvalRun:
    """The same run, made so many days later."""
    began = NOW + timedelta(days=days)
    return run.model_copy(update={"id": f"{run.id}-{days}", "started_at": began})
