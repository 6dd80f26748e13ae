"""Judged candidates -> the same, with what somebody has approved: the agent's to do from then on.

An approval is for one answer: once a text went to the customer after it, it is spent, so that what
was granted once is not promised a second time. What was taken back counts for nothing.
"""

from collections.abc import Iterable, Sequence

from assist.domain.approval import Approval
from assist.domain.base import Money
from assist.domain.case import Case
from assist.domain.solution import Action, Candidate
from assist.domain.verdict import Verdict
from assist.policies.known_names import ALWAYS

ASKS = "ask_customer"
"""A question to the customer promises nothing of what was approved."""


def with_approvals(
    candidates: Sequence[Candidate], case: Case, approvals: Sequence[Approval]
) -> list[Candidate]:
    """Each candidate that does what was approved, as it was approved: with its amounts."""
    live = [one for one in approvals if _is_live(one, case)]
    return [_approved(candidate, live) for candidate in candidates]


def approved_acts(
    kind: str, amount: Money | None, candidates: Sequence[Candidate]
) -> list[Verdict]:
    """The verdicts on this act where it is approved, of this amount where one is named."""
    return [
        action.verdict
        for candidate in candidates
        for action in candidate.actions
        if action.kind == kind and action.verdict and action.verdict.approved_by
        if amount is None or amount in action.parameters.values()
    ]


def _is_live(one: Approval, case: Case) -> bool:
    """Whether it was approved by the time of the case, and is neither spent nor taken back."""
    if one.state != "approved" or one.answered_at is None or one.answered_at > case.now:
        return False
    taken_back = {granted.id for granted in case.granted or () if not granted.counts}
    if case.work is None or not taken_back.isdisjoint(one.granted_ids):
        return False
    return not any(s.at > one.answered_at and s.kind != ASKS for s in case.work.sent)


def _approved(candidate: Candidate, live: Sequence[Approval]) -> Candidate:
    one = next((one for one in live if _kinds(one.actions) == _kinds(candidate.actions)), None)
    verdict = one.answered_verdict if one else None
    if one is None or verdict is None:
        return candidate
    beside = [action for action in candidate.actions if action.kind in ALWAYS]
    actions = (*(_allowed(action, one) for action in one.actions), *beside)
    return candidate.model_copy(
        update={"actions": actions, "verdict": _with_name(verdict, one), "alternative_id": None}
    )


def _kinds(actions: Iterable[Action]) -> list[str]:
    """What is done, apart from what everybody may do."""
    return sorted(action.kind for action in actions if action.kind not in ALWAYS)


def _allowed(action: Action, one: Approval) -> Action:
    verdict = action.verdict or Verdict(value="allowed")
    return action.model_copy(update={"verdict": _with_name(verdict, one)})


def _with_name(verdict: Verdict, one: Approval) -> Verdict:
    told = {"value": "allowed", "level": None, "approved_by": one.approver}
    return verdict.model_copy(update={**told, "reason": f"approved by {one.approver}"})
