"""Is the main issue in the right standard category?"""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """1 for the category expected, else 0."""
    got, wanted = suggestion.issue.category, case.expect.category
    return share_met([Part(got == wanted, f"{got or 'no category'} instead of {wanted}")])


SCORER = Scorer("category", lambda expect: expect.category is not None, judge)
