"""Does the draft say what it must, and nothing that it must not?"""

from assist.domain.eval_case import EvalCase, Expect
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, holds, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """The share of words that are there, or absent, as expected; case and spacing do not matter."""
    draft = suggestion.draft.text
    parts = [Part(holds(draft, words), f"does not say “{words}”") for words in case.expect.says]
    parts += [Part(not holds(draft, words), f"says “{words}”") for words in case.expect.never_says]
    return share_met(parts)


def _states(expect: Expect) -> bool:
    return bool(expect.says or expect.never_says)


SCORER = Scorer("wording", _states, judge)
