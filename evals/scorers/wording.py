"""Does the draft say what it must, and nothing that it must not?"""

from assist.domain.suggestion import Suggestion
from evals.cases import EvalCase, Expect
from evals.scorers.scorer import Part, Passages, Score, Scorer, fold, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Passages) -> Score:
    """The share of words that are there, or absent, as expected; case and spacing do not matter."""
    draft = fold(suggestion.draft.text).casefold()
    parts = [
        Part(fold(words).casefold() in draft, f"does not say “{words}”")
        for words in case.expect.says
    ]
    parts += [
        Part(fold(words).casefold() not in draft, f"says “{words}”")
        for words in case.expect.never_says
    ]
    return share_met(parts)


def _states(expect: Expect) -> bool:
    return bool(expect.says or expect.never_says)


SCORER = Scorer("wording", _states, judge)
