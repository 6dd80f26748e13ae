"""Use case: what was asked is approved or refused, by somebody whose level may.

Approving judges once more, at the level of whoever approves and with all that has been granted by
then, while nobody else books for the customer; what is granted is kept in the same transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from assist.domain.approval import Approval
from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.domain.verdict import Level, Verdict
from assist.errors import AlreadyDone, NotPermitted, Stale
from assist.policies.amounts import amount_of
from assist.policies.levels import highest, rank
from assist.ports import Deciding
from assist.service.approval_requests import (
    ApprovalAnswer,
    Asked,
    Weighed,
    asked_of,
    check_level,
    read_again,
    told,
    weigh,
)
from assist.service.case_rules import check_open
from assist.service.granting import counted_before
from assist.service.refusing import because, who_may

if TYPE_CHECKING:
    from assist.service.desk import Desk


def answer(
    desk: "Desk", which: str, asked: ApprovalAnswer, level: Level, through: str = ""
) -> Approval:
    """Approve or refuse, through a key or session; the same again finds what was kept.

    Raises `NotFound`, `NotPermitted` with the sums where this level may not, or may no longer,
    `AlreadyDone` where somebody else was first.
    """
    rules, parts = desk.opened().policy_set, desk.parts
    check_level(level, rules)
    kept = parts.approvals.get(which)
    if kept.state != "open":
        return _again(kept, asked)
    known = asked_of(desk, kept.case_id, kept.suggestion_id) if asked.answer == "approve" else None
    # The case too, so that it is not canceled between being looked at and what is booked.
    with (
        parts.cases.hold(kept.case_id),
        parts.approvals.deciding(kept.customer_id) as deciding,
    ):
        kept = deciding.get(which)
        if kept.state != "open":
            return _again(kept, asked)
        ended = _said(kept, asked, level, parts.clock.now())
        if known is None:
            _check_high_enough(kept, level, rules)
        else:
            _check_another(kept, asked, through)
            check_open(parts.cases.get(kept.case_id))
            if known.customer_id != kept.customer_id:
                raise Stale(
                    "the ticket is another customer's by now",
                    cure="refuse this one, and have it asked for again",
                )
            ended = _approved(deciding, ended, known, rules)
        deciding.close(ended)
    return ended


def ended_before(kept: Approval) -> AlreadyDone:
    """What is said to whoever comes after somebody else."""
    by = f" by {kept.answered_by}" if kept.answered_by else ""
    return AlreadyDone(
        f"approval {kept.id!r} is {kept.state}{by}",
        cure="what was said stands; where it must be decided otherwise, ask for another",
    )


def _again(kept: Approval, asked: ApprovalAnswer) -> Approval:
    """The same answer again. Raises `AlreadyDone` for any other."""
    state = "approved" if asked.answer == "approve" else "refused"
    if (kept.state, kept.answer_key, kept.answered_by) != (state, asked.key, asked.by):
        raise ended_before(kept)
    return kept


def _said(kept: Approval, asked: ApprovalAnswer, level: Level, now: datetime) -> Approval:
    """With the answer, as it is where it refuses."""
    told_now = {
        "state": "refused",
        "answer_key": asked.key,
        "answer_reason": asked.reason,
        "answered_by": asked.by,
        "answered_level": level,
        "answered_at": now,
    }
    return kept.model_copy(update=told_now)


def _check_high_enough(kept: Approval, level: Level, rules: PolicySet) -> None:
    """Who could not approve it does not refuse it either: it waits for somebody who could."""
    if rank(rules.authority, level) < rank(rules.authority, kept.needs):
        raise NotPermitted(
            f"it is decided at the level {kept.needs}, and this is {level}",
            where="level",
            cure=f"ask {rules.authority.approvers.get(kept.needs, kept.needs)}",
        )


def _check_another(kept: Approval, asked: ApprovalAnswer, through: str) -> None:
    """Four eyes: an approval by whoever asked would be none, under whatever name."""
    if through and through == kept.asked_through:
        raise NotPermitted(
            "it was asked for through this same key or session, which cannot approve it too",
            cure="have somebody else approve it, who signs in or has a key of their own",
        )
    if asked.by == kept.asked_by:
        raise NotPermitted(
            f"{asked.by} has asked for it, and cannot approve it too",
            where="by",
            cure="have somebody else look at it",
        )


def _approved(deciding: Deciding, ended: Approval, known: Asked, rules: PolicySet) -> Approval:
    """It is judged once more, and booked. Raises `NotPermitted` where it may not be any more."""
    level = ended.answered_level
    weighed, region = _weighed(deciding, ended, known, rules)
    verdict = weighed.verdict
    if verdict.value != "allowed" and not _is_the_second(ended, verdict, rules):
        raise NotPermitted(
            f"the level {level} may not approve {ended.title!r} now: {because(verdict)}",
            where="level",
            cure=who_may(verdict, rules),
        )
    booked = _booked(ended, weighed.actions, rules, region)
    for one in booked:
        deciding.booking.add(one)
    done = {"state": "approved", "actions": weighed.actions, "answered_verdict": verdict}
    return ended.model_copy(update={**done, "granted_ids": tuple(one.id for one in booked)})


def _weighed(
    deciding: Deciding, ended: Approval, known: Asked, rules: PolicySet
) -> tuple[Weighed, str | None]:
    """What was asked, judged by the rules and the caps of now; with the customer's region."""
    scope = known.judged(ended.issue_id, ended.answered_level, ())
    before = counted_before(deciding.booking.granted, ended.on, _moment(ended))
    actions = [read_again(action.kind, told(action), rules) for action in ended.actions]
    weighed = weigh(actions, rules, {**scope, "on": ended.on, "granted": before})
    return weighed, scope["region"]


def _is_the_second(ended: Approval, verdict: Verdict, rules: PolicySet) -> bool:
    """Whether one of the highest level asks, bound by a grant, and another of it approves."""
    level = ended.answered_level
    bound = verdict.value == "needs_approval" and verdict.level == level
    return bound and ended.level == level == highest(rules.authority)


def _booked(
    ended: Approval, actions: Sequence[Action], rules: PolicySet, region: str | None
) -> tuple[Granted, ...]:
    """A grant for each action, by who approved it and by the clauses that let them."""
    return tuple(
        Granted(
            id=f"{ended.id}-{number}",
            customer_id=ended.customer_id,
            ticket_id=ended.ticket_id,
            suggestion_id=ended.suggestion_id,
            action=action.kind,
            parameters=action.parameters,
            amount=amount_of(action, rules, region).money,
            level=ended.answered_level,
            by=ended.answered_by,
            at=_moment(ended),
            clauses=action.verdict.clauses if action.verdict else (),
            policy_version=rules.version,
        )
        for number, action in enumerate(actions, start=1)
    )


def _moment(ended: Approval) -> datetime:
    if ended.answered_at is None:
        raise AssertionError("what is decided on has been answered")
    return ended.answered_at
