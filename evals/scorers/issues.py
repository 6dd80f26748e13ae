"""Were as many issues told apart as the ticket holds?"""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """1 for the right number, else 0 with the issues that were found."""
    found = [issue.statement for issue in suggestion.issues]
    why = f"{len(found)} instead of {case.expect.issues}: {' | '.join(found)}"
    return share_met([Part(len(found) == case.expect.issues, why)])


SCORER = Scorer("issues", lambda expect: expect.issues is not None, judge)
