"""How long does the agent wait? By the suggestion's own trace."""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Scorer, always, falling, not_eligible

QUICK, SLOW = 1_000.0, 3_000.0
"""Milliseconds: full marks up to the first, none from the second on."""


def judge(_: EvalCase, suggestion: Suggestion, __: Grounds) -> CaseScore:
    """1 up to a second, falling to 0 at three; `amount` is the time of all steps in ms."""
    if not suggestion.trace:
        return not_eligible("there is no trace")
    ms = sum(step.ms for step in suggestion.trace)
    value = falling(ms, full=QUICK, none=SLOW)
    slowest = max(suggestion.trace, key=lambda step: step.ms)
    why = f"{ms:.0f} ms, of which {slowest.step} {slowest.ms:.0f}" if value < 1 else ""
    return CaseScore(value=value, explanation=why, amount=round(ms, 1))


SCORER = Scorer("latency", always, judge)
