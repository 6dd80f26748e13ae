"""Builders of runs: results with the scores a test is about, and a run of them."""

from typing import Any

from assist.domain.evaluation import CaseScore, EvalResult, EvalRun, EvalVersions
from evals.running.closing import summed
from evals.suites import Suite
from tests.builders import NOW
from tests.evals.builders import a_suggestion

SUITE = Suite(corpus="kb", cases=("cases",))


def a_result(case_id: str = "one", /, **scores: float | None) -> EvalResult:
    """A trial of a case with these scores; what is not full marks is explained."""
    return EvalResult(
        case_id=case_id,
        case=f"asks-{case_id}",
        ms=100.0,
        scores={n: CaseScore(value=v, explanation=f"{n} is {v}") for n, v in scores.items()},
        suggestion=a_suggestion(),
    )


def results_of(**values: list[float]) -> list[EvalResult]:
    """A result for each place in the lists: its scores are those at that place."""
    cases = range(len(next(iter(values.values()))))
    return [a_result(f"case-{n}", **{s: v[n] for s, v in values.items()}) for n in cases]


def versions(**changed: Any) -> EvalVersions:
    """What a run was made with."""
    given = {"assist": "1.0", "grader": "g1", "cases": "c1", "code": "x1"}
    return EvalVersions.model_validate(given | changed)


def a_run(results: list[EvalResult], its: Suite = SUITE, /, **fields: Any) -> EvalRun:
    """A run of these results, summed up."""
    given: dict[str, Any] = {
        "id": "run-1",
        "suite": "core",
        "kind": its.kind,
        "started_at": NOW,
        "seconds": 1.0,
        "versions": versions(),
        "summaries": (),
        "results": tuple(results),
    }
    return summed(EvalRun(**(given | fields)), its)
