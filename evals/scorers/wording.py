"""Does the draft say what it must, and nothing that it must not?"""

from assist.domain.eval_case import EvalCase, Expect
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, holds, none_of, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """0 where it says what it must not, else the share of what it must say; case does not matter.

    That it is silent on what it must not say earns nothing beside what it must.
    """
    draft = suggestion.draft.text
    barred = [f"says “{words}”" for words in case.expect.never_says if holds(draft, words)]
    if barred or not case.expect.says:
        return none_of(barred)
    return share_met(
        [Part(holds(draft, words), f"does not say “{words}”") for words in case.expect.says]
    )


def _states(expect: Expect) -> bool:
    return bool(expect.says or expect.never_says)


SCORER = Scorer("wording", _states, judge)
