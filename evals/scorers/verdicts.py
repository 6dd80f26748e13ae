"""Do the proposed actions bear the right verdicts?"""

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """The share met of the verdicts expected.

    A verdict is met when an action of its kind is proposed and every one proposed bears it: one
    refund allowed beside one that needs approval is a way around the approval.
    """
    expected = case.expect.verdicts.items()
    return share_met([_verdict(suggestion, kind, wanted) for kind, wanted in expected])


def _verdict(suggestion: Suggestion, kind: str, wanted: str) -> Part:
    got = {
        action.verdict.value if action.verdict else "none"
        for candidate in suggestion.candidates
        for action in candidate.actions
        if action.kind == kind
    }
    if not got:
        return Part(met=False, otherwise=f"no candidate proposes {kind}, expected {wanted}")
    return Part(got == {wanted}, f"{kind} is {' and '.join(sorted(got))}, expected {wanted}")


SCORER = Scorer("verdicts", lambda expect: bool(expect.verdicts), judge)
