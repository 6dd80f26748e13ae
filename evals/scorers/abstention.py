"""Is silence kept where nothing is known, for the right reason, and only there?"""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Scorer, none_of


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """1 where it answers as it should, or abstains as it should and for that reason, else 0."""
    got, wanted = suggestion.abstention, case.expect
    if wanted.outcome == "answer":
        return none_of([f"abstains ({got.code}: {got.reason})"] if got else [])
    if got is None:
        return none_of(["answers where it should abstain"])
    other = wanted.abstention is not None and got.code != wanted.abstention
    return none_of([f"abstains for {got.code}, not {wanted.abstention}"] if other else [])


SCORER = Scorer("abstention", lambda expect: expect.outcome is not None, judge)
