"""Who asks, and what the company knows of them: the record, earlier grants, answered questions."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from assist.domain.case import Case
from assist.domain.consultation import Consultation
from assist.domain.grants import Granted
from assist.domain.issue import Fact
from assist.domain.policy import PolicySet
from assist.domain.records import CustomerRecord
from assist.errors import Unavailable
from assist.graph.tools import Tools
from assist.policies.sla import zoned


class History(NamedTuple):
    """What is known before anything is searched; `granted` none where nobody knows who asks."""

    record: CustomerRecord | None
    granted: tuple[Granted, ...] | None
    consultations: tuple[Consultation, ...]
    notes: tuple[str, ...]


async def history_of(case: Case, tools: Tools) -> History:
    """The record, the grants of the longest period that is counted, and colleagues' answers."""
    record, notes = await _record(case, tools)
    customer_id = case.ticket.customer.id or (record.id if record else None)
    granted: tuple[Granted, ...] | None = None
    if customer_id is not None:
        begun = min(case.now, zoned(case.ticket.created_at or case.now))
        since = begun - timedelta(days=longest_period(tools.policy_set) + 1)
        granted = await asyncio.to_thread(tools.granted, customer_id, since)
    consultations = await asyncio.to_thread(tools.consultations, case.ticket.id)
    return History(record, granted, consultations, notes)


def longest_period(policy_set: PolicySet) -> int:
    """Days that the longest cap or limit over a period looks back; 0 where there is none."""
    caps = [grant.cap.days for grant in policy_set.authority.grants if grant.cap]
    limits = [c.period_days for p in policy_set.policies for c in p.clauses if c.period_days]
    return max((*caps, *limits), default=0)


def colleagues_facts(consultations: Sequence[Consultation]) -> tuple[Fact, ...]:
    """What colleagues answered, as facts, with their own words as the span.

    Where two answered about one fact, the later answer counts; one that nobody can give is none.
    """
    answered = [c for c in consultations if c.state == "answered" and c.answered_at is not None]
    answered.sort(key=lambda c: (c.answered_at, c.id))
    facts = {
        c.fact: Fact(path=c.fact, value=c.answer, source="colleague", span=_said(c))
        for c in answered
        if c.fact is not None and c.answer is not None
    }
    return tuple(facts.values())


def _said(answered: Consultation) -> str:
    told = f"{answered.answered_by} answered"
    return f"{told}: {answered.note}" if answered.note else told


async def _record(case: Case, tools: Tools) -> tuple[CustomerRecord | None, tuple[str, ...]]:
    customer = case.ticket.customer
    if tools.records is None or not (customer.id or customer.email):
        return None, ()
    try:
        found = await asyncio.to_thread(
            tools.records.find, customer_id=customer.id, email=customer.email
        )
    except Unavailable as error:
        return None, (f"customer records were not available: {error}",)
    return found, ()
