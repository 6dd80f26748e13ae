"""In-memory stand-ins for escalations and approvals, with their contracts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from assist.adapters.postgres.approvals import (
    check_of,
    ended_before,
    no_such_approval,
    waits_already,
)
from assist.adapters.postgres.escalated import no_such_escalation
from assist.adapters.postgres.rows import json_text, plain_text
from assist.domain.approval import Approval, ApprovalState
from assist.domain.escalated import Escalated, EscalatedState
from assist.domain.verdict import Level
from tests.fake_ledger import InMemoryBooking, InMemoryGrants


class InMemoryEscalated:
    """`EscalatedStore` in a dict."""

    def __init__(self) -> None:
        self._kept: dict[str, Escalated] = {}

    def add(self, escalated: Escalated) -> None:
        json_text(escalated, f"escalation {escalated.id!r}")
        self._kept.setdefault(escalated.id, escalated)

    def get(self, escalation_id: str) -> Escalated:
        if escalation_id not in self._kept:
            raise no_such_escalation(escalation_id)
        return self._kept[escalation_id]

    def change(self, before: Escalated, after: Escalated) -> bool:
        json_text(after, f"escalation {after.id!r}")
        kept = self._kept.get(after.id)
        if kept is None or (kept.state, kept.taken_by) != (before.state, before.taken_by):
            return False
        self._kept[after.id] = after
        return True

    def of_ticket(self, ticket_id: str) -> tuple[Escalated, ...]:
        plain_text(ticket_id, "ticket_id")
        return tuple(one for one in self._kept.values() if one.ticket_id == ticket_id)

    def listed(
        self, states: Sequence[EscalatedState], team: str | None, limit: int
    ) -> tuple[Escalated, ...]:
        found = [
            one
            for one in self._kept.values()
            if one.state in states and team in (None, one.path.team)
        ]
        return tuple(sorted(found, key=lambda one: (not one.pending, one.deadline))[:limit])

    def due(self, at: datetime, limit: int) -> tuple[Escalated, ...]:
        found = [one for one in self._kept.values() if one.overdue(at)]
        return tuple(sorted(found, key=lambda one: one.deadline)[:limit])


class InMemoryApprovals:
    """`ApprovalStore` in a dict; what is decided is booked in the grants it is given."""

    def __init__(self, grants: InMemoryGrants) -> None:
        self._kept: dict[str, Approval] = {}
        self._grants = grants

    def add(self, approval: Approval) -> Approval:
        json_text(approval, f"approval {approval.id!r}")
        if approval.id in self._kept:
            return self._kept[approval.id]
        for one in self._kept.values():
            if one.state == "open" and _candidate(one) == _candidate(approval):
                raise waits_already(one)
        self._kept[approval.id] = approval
        return approval

    def get(self, approval_id: str) -> Approval:
        if approval_id not in self._kept:
            raise no_such_approval(approval_id)
        return self._kept[approval_id]

    def of_ticket(self, ticket_id: str) -> tuple[Approval, ...]:
        plain_text(ticket_id, "ticket_id")
        return tuple(one for one in self._kept.values() if one.ticket_id == ticket_id)

    def listed(
        self, states: Sequence[ApprovalState], first: Sequence[Level], limit: int
    ) -> tuple[Approval, ...]:
        found = [one for one in self._kept.values() if one.state in states]
        return tuple(sorted(found, key=lambda one: one.needs not in first)[:limit])

    @contextmanager
    def deciding(self, customer_id: str) -> Iterator["InMemoryDeciding"]:
        with self._grants.booking(customer_id) as booking:
            deciding = InMemoryDeciding(booking, dict(self._kept), customer_id)
            yield deciding
            self._kept |= deciding.kept


class InMemoryDeciding:
    """One customer's approvals in a copy, which counts once the block has ended well."""

    def __init__(
        self, booking: InMemoryBooking, kept: dict[str, Approval], customer_id: str
    ) -> None:
        self.booking = booking
        self.kept = kept
        self._customer_id = customer_id

    def get(self, approval_id: str) -> Approval:
        if approval_id not in self.kept:
            raise no_such_approval(approval_id)
        check_of(self.kept[approval_id], self._customer_id)
        return self.kept[approval_id]

    def close(self, approval: Approval) -> None:
        check_of(approval, self._customer_id)
        json_text(approval, f"approval {approval.id!r}")
        if (before := self.get(approval.id)).state != "open":
            raise ended_before(before)
        self.kept[approval.id] = approval


def _candidate(approval: Approval) -> tuple[str, str]:
    return approval.suggestion_id, approval.candidate_id
