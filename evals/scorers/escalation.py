"""Was it escalated when it had to be, for the right triggers, and only then?"""

from assist.domain.suggestion import Suggestion
from evals.cases import EvalCase
from evals.scorers.scorer import UNSCORED, Part, Passages, Score, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Passages) -> Score:
    """0 when the need is judged wrongly, else the share met of the need and each code."""
    got, wanted = suggestion.escalation, case.expect.escalation
    if wanted is None:
        return UNSCORED
    codes = [trigger.code for trigger in got.triggers]
    if got.needed != wanted.needed:
        shown = f" ({', '.join(codes)})" if codes else ""
        did = f"escalated{shown}, without need" if got.needed else "not escalated"
        return Score(value=0.0, explanation=did)
    need = Part(met=True, otherwise="")
    found = ", ".join(codes) or "none"
    missing = [Part(c in codes, f"no trigger {c}, only {found}") for c in wanted.codes]
    return share_met([need, *missing])


SCORER = Scorer("escalation", lambda expect: expect.escalation is not None, judge)
