"""`NeedlessEscalation`: is somebody troubled who need not be?"""

from assist.domain.eval_case import EvalCase, Expect
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Scorer, none_of


def judge(_: EvalCase, suggestion: Suggestion, __: Grounds) -> CaseScore:
    """0 where it is escalated although the case says that it need not be."""
    got = suggestion.escalation
    codes = ", ".join(trigger.code for trigger in got.triggers) or "for no trigger"
    return none_of([f"NeedlessEscalation: escalated ({codes})"] if got.needed else [])


def _states(expect: Expect) -> bool:
    return expect.escalation is not None and not expect.escalation.needed


SCORER = Scorer("needless", _states, judge)
