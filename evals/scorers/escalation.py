"""Was it escalated when it had to be, for the right triggers, and only then?"""

from collections.abc import Iterator

from assist.domain.escalation import Escalation
from assist.domain.eval_case import EvalCase, ExpectedEscalation
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import UNSCORED, Part, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """0 when the need is judged wrongly, else the share met of the need, each code and the path."""
    got, wanted = suggestion.escalation, case.expect.escalation
    if wanted is None:
        return UNSCORED
    codes = [trigger.code for trigger in got.triggers]
    if got.needed != wanted.needed:
        shown = f" ({', '.join(codes)})" if codes else ""
        did = f"escalated{shown}, without need" if got.needed else "not escalated"
        return CaseScore(value=0.0, explanation=did)
    need = Part(met=True, otherwise="")
    found = ", ".join(codes) or "none"
    missing = [Part(c in codes, f"no trigger {c}, only {found}") for c in wanted.codes]
    return share_met([need, *missing, *_path(wanted, got)])


def _path(wanted: ExpectedEscalation, got: Escalation) -> Iterator[Part]:
    """Whether the team and the role are the right ones, where the case says who."""
    if wanted.path is None:
        return
    team, role = (got.path.team, got.path.role) if got.path else ("nobody", "nobody")
    if wanted.path.team:
        yield Part(team == wanted.path.team, f"goes to {team}, not {wanted.path.team}")
    if wanted.path.role:
        yield Part(role == wanted.path.role, f"goes to the {role}, not the {wanted.path.role}")


SCORER = Scorer("escalation", lambda expect: expect.escalation is not None, judge)
