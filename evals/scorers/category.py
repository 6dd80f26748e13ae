"""Is the main issue in the right standard category?"""

from assist.domain.suggestion import Suggestion
from evals.cases import EvalCase
from evals.scorers.scorer import Part, Passages, Score, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Passages) -> Score:
    """1 for the category expected, else 0."""
    got, wanted = suggestion.issue.category, case.expect.category
    return share_met([Part(got == wanted, f"{got or 'no category'} instead of {wanted}")])


SCORER = Scorer("category", lambda expect: expect.category is not None, judge)
