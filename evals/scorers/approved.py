"""Whether what a suggestion says was approved was, by somebody who may."""

from collections.abc import Iterator

from assist.domain.approval import Approval
from assist.domain.eval_case import EvalCase
from assist.domain.solution import Action
from assist.policies.verdicts import judge
from evals.scorers.grounds import Grounds
from evals.scorers.knowing import Circumstances


def not_approved(
    act: Action, approver: str, case: EvalCase, grounds: Grounds, told: Circumstances
) -> Iterator[str]:
    """What is wrong with an act that is allowed because `approver` has approved it.

    It must be on record that they did, before the suggestion, this act with these amounts; and the
    rules must allow it at their level. Where approvals are not at hand the record is not asked.
    """
    if grounds.rules is None:
        return
    if grounds.approvals is None:
        if judge(act, grounds.rules, **told).value == "forbidden":
            yield f"{act.kind} is allowed as approved by {approver}; by the rules it is forbidden"
        return
    asked = grounds.approvals(case.ticket.id)
    record = next((one for one in asked if _approves(one, act, approver, case)), None)
    if record is None:
        yield f"{act.kind} is allowed as approved by {approver}, who approved no such thing"
        return
    found = judge(act, grounds.rules, **_then(record, told))
    if found.value != "allowed":
        yield f"{act.kind} is approved by {approver}, who may not: {found.value}, {found.reason}"


def _then(record: Approval, told: Circumstances) -> Circumstances:
    """What was known to whoever approved: what was booked by it was not granted yet."""
    before = told["granted"]
    if before is not None:
        before = tuple(one for one in before if one.id not in record.granted_ids)
    return Circumstances(**(told | {"level": record.answered_level, "granted": before}))


def _approves(one: Approval, act: Action, approver: str, case: EvalCase) -> bool:
    if one.state != "approved" or one.approver != approver:
        return False
    if one.answered_at is None or one.answered_at > case.at:
        return False
    return any(a.kind == act.kind and a.parameters == act.parameters for a in one.actions)
