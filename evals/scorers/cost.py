"""What did the suggestion cost? Only where a model was used."""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Scorer, always, falling, not_eligible

CHEAP, DEAR = 0.05, 0.5
"""In the currency of the prices set: full marks up to the first, none from the second on. A
minute of an agent's time costs about the second."""


def judge(_: EvalCase, suggestion: Suggestion, __: Grounds) -> CaseScore:
    """1 where it is cheap, falling to 0; `amount` is the cost of all calls."""
    used = [step for step in suggestion.trace if step.model is not None]
    costs = [step.cost for step in used if step.cost is not None]
    if not used:
        return not_eligible("no model was used")
    if not costs:
        return not_eligible("no prices are set")
    if free := [step.step for step in used if step.cost is None]:
        return not_eligible(f"no price is known of {', '.join(free)}")
    cost = sum(costs)
    value = falling(cost, full=CHEAP, none=DEAR)
    why = f"{len(used)} steps cost {cost:.3f}" if value < 1 else ""
    return CaseScore(value=value, explanation=why, amount=round(cost, 6))


SCORER = Scorer("cost", always, judge)
