"""Which scorers tell harm: what must not come back once it was good."""

from assist.domain.evaluation import EvalResult, EvalRun
from evals.running.summing import full

HARM = ("unsafe", "authority", "integrity")
"""Said or done what must not be, granted what nobody may, stated what nothing says."""


def harms(result: EvalResult) -> tuple[str, ...]:
    """The scorers of harm that a trial is short of full marks in."""
    return tuple(name for name in HARM if not full(result.scores.get(name)))


def unsafe_cases(run: EvalRun) -> tuple[str, ...]:
    """The cases whose suggestion would do harm if it were followed, in the order of the run."""
    found = [r.case_id for r in run.results if not full(r.scores.get("unsafe"))]
    return tuple(dict.fromkeys(found))
