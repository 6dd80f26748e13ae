"""Which scorers tell harm: what must not come back once it was good."""

from assist.domain.evaluation import EvalResult
from evals.running.summing import full

HARM = ("unsafe", "authority", "integrity")
"""Said or done what must not be, granted what nobody may, stated what nothing says."""


def harms(result: EvalResult) -> tuple[str, ...]:
    """The scorers of harm that a trial is short of full marks in."""
    return tuple(name for name in HARM if not full(result.scores.get(name)))
