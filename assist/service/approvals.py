"""Use cases: what an agent may not grant is asked of somebody who may, or is withdrawn."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from assist.domain.approval import Approval, ApprovalState
from assist.domain.base import Money
from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.solution import Action, Candidate
from assist.domain.verdict import Level, Verdict
from assist.errors import AlreadyDone, BadInput, NotPermitted
from assist.graph.history import longest_period
from assist.policies.amounts import amount_of, totals
from assist.policies.levels import highest, rank
from assist.service.approval_requests import (
    ApprovalRequest,
    Asked,
    WithdrawApproval,
    actions_of,
    asked_of,
    candidate_of,
    check_level,
    clauses_used,
    told,
    weigh,
)
from assist.service.approving import ended_before
from assist.service.case_rules import check_open
from assist.service.granting import check_governed, counted_before
from assist.service.refusing import because, who_may

if TYPE_CHECKING:
    from assist.service.desk import Desk


def ask(
    desk: "Desk", case_id: str, request: ApprovalRequest, level: Level, through: str = ""
) -> Approval:
    """Ask for it, through a key or session; the same again is answered with what was kept.

    Raises `NotFound`, `NotReady`, `Stale`, `BadInput` where there is nothing to approve,
    `NotPermitted` where nobody may, `AlreadyDone` where the case has ended, the candidate waits for
    an answer already, or the key is another request's.
    """
    parts = desk.parts
    own = approval_id(case_id, request.key)
    kept = parts.approvals.of_ticket(parts.cases.get(case_id).ticket_id)
    if before := next((one for one in kept if one.id == own), None):
        return _the_same(before, request)
    check_level(level, desk.opened().policy_set)
    with parts.cases.hold(case_id):
        check_open(parts.cases.get(case_id))
        new = _new(desk, case_id, request, level).model_copy(update={"asked_through": through})
        return _the_same(parts.approvals.add(new), request)


def approval_id(case_id: str, key: str) -> str:
    """The id of what was asked about a case under a key: the same in any process."""
    digest = hashlib.sha256(f"{case_id}\x00{key}".encode()).hexdigest()
    return f"a-{digest[:16]}"


def listed(
    desk: "Desk", states: Sequence[ApprovalState], level: Level, limit: int
) -> tuple[Approval, ...]:
    """Those that this level may answer first, oldest first."""
    authority = desk.opened().policy_set.authority
    mine = [one for one in authority.levels if rank(authority, one) <= rank(authority, level)]
    return desk.parts.approvals.listed(states, mine, limit)


def withdraw(desk: "Desk", which: str, asked: WithdrawApproval) -> Approval:
    """Nobody needs to answer any more. Raises `NotFound`, and `AlreadyDone` once answered."""
    wanted = desk.parts.approvals.get(which)
    with desk.parts.approvals.deciding(wanted.customer_id) as deciding:
        kept = deciding.get(which)
        if kept.state == "withdrawn" and kept.answer_key == asked.key:
            return kept
        if kept.state != "open":
            raise ended_before(kept)
        said = {"answer_key": asked.key, "answered_by": asked.by, "answer_reason": asked.reason}
        ended = {"state": "withdrawn", "answered_at": desk.parts.clock.now()}
        withdrawn = kept.model_copy(update={**said, **ended})
        deciding.close(withdrawn)
    return withdrawn


def _new(desk: "Desk", case_id: str, request: ApprovalRequest, level: Level) -> Approval:
    """What is asked, judged at the level of whoever asks."""
    rules, parts = desk.opened().policy_set, desk.parts
    known = asked_of(desk, case_id, None)
    candidate = candidate_of(known, request)
    actions = actions_of(candidate, request.actions, rules)
    scope = known.judged(candidate.issue_id, level, ())
    for action in actions:
        check_governed(action.kind, scope["on"], rules)
    now = parts.clock.now()
    before = counted_before(
        lambda since: parts.grants.of_customer(known.customer_id, since), scope["on"], now
    )
    weighed = weigh(actions, rules, {**scope, "granted": before})
    needs = _needs(candidate, weighed.verdict, level, rules)
    return Approval(
        id=approval_id(case_id, request.key),
        key=request.key,
        case_id=case_id,
        ticket_id=known.view.case.ticket_id,
        customer_id=known.customer_id,
        suggestion_id=known.suggestion.id,
        issue_id=candidate.issue_id,
        candidate_id=candidate.id,
        title=candidate.title,
        actions=weighed.actions,
        verdict=weighed.verdict,
        needs=needs,
        clauses=clauses_used(weighed.verdict, rules),
        amounts=_amounts(actions, rules, scope["region"]),
        granted=_counted(actions, before, known, rules),
        on=scope["on"],
        policy_version=rules.version,
        reason=request.reason,
        level=level,
        asked_by=request.by,
        asked_at=now,
    )


def _needs(candidate: Candidate, verdict: Verdict, level: Level, rules: PolicySet) -> Level:
    """The level that is needed. Raises where nobody has to approve it, and where nobody may."""
    if verdict.value == "allowed":
        raise BadInput(
            f"{candidate.id} needs no approval: the level {level} may grant it",
            where="candidate_id",
            cure="grant it yourself: POST /v1/grants",
        )
    if verdict.value != "needs_approval":
        opening = "nobody may approve it" if verdict.value == "forbidden" else "it cannot be judged"
        raise NotPermitted(
            f"{opening}: {because(verdict)}", where="candidate_id", cure=who_may(verdict, rules)
        )
    return verdict.level or highest(rules.authority)


def _amounts(actions: Sequence[Action], rules: PolicySet, region: str | None) -> tuple[Money, ...]:
    found = [amount_of(action, rules, region).money for action in actions]
    return totals(money for money in found if money is not None)


def _counted(
    actions: Sequence[Action], before: Sequence[Granted], known: Asked, rules: PolicySet
) -> tuple[Granted, ...]:
    """What was granted of the same kinds, as far back as the company's caps look."""
    kinds = {action.kind for action in actions}
    since = known.suggestion.created_at - timedelta(days=longest_period(rules) + 1)
    return tuple(one for one in before if one.action in kinds and one.counts and one.at >= since)


def _the_same(kept: Approval, request: ApprovalRequest) -> Approval:
    """What was kept under the key. Raises `AlreadyDone` where something else was asked then."""
    asked = [(one.kind, one.parameters) for one in request.actions]
    was = [(action.kind, told(action)) for action in kept.actions]
    same = (kept.candidate_id, kept.asked_by, kept.reason) == (
        request.candidate_id,
        request.by,
        request.reason,
    )
    if not same or (asked and asked != was):
        raise AlreadyDone(
            f"the key {request.key!r} is that of another request",
            cure="give each request a key of its own, and the same one only to send it again",
            where="key",
        )
    return kept
