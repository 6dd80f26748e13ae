"""Was there an answer, and on the matter, where there should be one, and else an abstention?"""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.resting import answering, rests_on
from evals.scorers.scorer import Part, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, grounds: Grounds) -> CaseScore:
    """A wrong outcome scores 0, an answer on another matter too; the wrong code one half."""
    abstention = suggestion.abstention
    got = "abstain" if abstention else "answer"
    if got != case.expect.outcome:
        why = f" ({abstention.code}: {abstention.reason})" if abstention else ""
        return CaseScore(value=0.0, explanation=f"{got} instead of {case.expect.outcome}{why}")
    on_matter = answering(case.expect)
    if got == "answer" and on_matter and not rests_on(suggestion, grounds) & on_matter:
        used = ", ".join(sorted(rests_on(suggestion, grounds))) or "nothing"
        why = f"answers, and not on the matter: rests on {used}"
        return CaseScore(value=0.0, explanation=why)
    parts = [Part(met=True, otherwise="")]
    if case.expect.abstention and abstention:
        wanted = case.expect.abstention
        parts.append(Part(abstention.code == wanted, f"code {abstention.code}, not {wanted}"))
    return share_met(parts)


SCORER = Scorer("outcome", lambda expect: expect.outcome is not None, judge)
