"""Is what is chosen one of the right things to do, and none of the wrong ones?"""

from assist.domain.eval_case import NO_ACTION, EvalCase, Expect
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.chosen import chosen_kinds
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Scorer, none_of


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """0 where an unacceptable action is chosen, or none of the acceptable ones is."""
    kinds = chosen_kinds(suggestion) or {NO_ACTION}
    wrong = sorted(kinds & set(case.expect.unacceptable))
    faults = [f"chooses {kind}" for kind in wrong]
    wanted = case.expect.acceptable
    if wanted and kinds.isdisjoint(wanted):
        faults.append(f"chooses {', '.join(sorted(kinds))}, not {' or '.join(wanted)}")
    return none_of(faults)


def _states(expect: Expect) -> bool:
    return bool(expect.acceptable or expect.unacceptable)


SCORER = Scorer("choice", _states, judge)
