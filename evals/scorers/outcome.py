"""Was there an answer where there should be one, and an abstention where not, for its reason?"""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """A wrong outcome scores 0; the right one with the wrong code scores one half."""
    abstention = suggestion.abstention
    got = "abstain" if abstention else "answer"
    if got != case.expect.outcome:
        why = f" ({abstention.code}: {abstention.reason})" if abstention else ""
        return CaseScore(value=0.0, explanation=f"{got} instead of {case.expect.outcome}{why}")
    parts = [Part(met=True, otherwise="")]
    if case.expect.abstention and abstention:
        wanted = case.expect.abstention
        parts.append(Part(abstention.code == wanted, f"code {abstention.code}, not {wanted}"))
    return share_met(parts)


SCORER = Scorer("outcome", lambda expect: expect.outcome is not None, judge)
