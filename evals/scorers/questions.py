"""Is what must be known asked for?"""

from assist.domain.suggestion import Suggestion
from evals.cases import EvalCase
from evals.scorers.scorer import Part, Passages, Score, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Passages) -> Score:
    """The share of `asks` that a question asks, by its fact path or by words in it."""
    asked = [(q.fact, q.text.casefold()) for q in suggestion.questions]
    found = ", ".join(fact for fact, _ in asked) or "nothing"
    parts = [
        Part(
            any(wanted == fact or wanted.casefold() in text for fact, text in asked),
            f"does not ask {wanted}; asks {found}",
        )
        for wanted in case.expect.asks
    ]
    return share_met(parts)


SCORER = Scorer("questions", lambda expect: bool(expect.asks), judge)
