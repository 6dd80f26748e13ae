"""Is the priority one of the acceptable levels?"""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """1 for an acceptable level, else 0 with the reasons that were given."""
    got, wanted = suggestion.priority, case.expect.priority
    why = f"{got.level} instead of {' or '.join(wanted)} ({'; '.join(got.reasons)})"
    return share_met([Part(got.level in wanted, why)])


SCORER = Scorer("priority", lambda expect: bool(expect.priority), judge)
