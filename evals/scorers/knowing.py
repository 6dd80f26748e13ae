"""What was known when a suggestion was made: the customer's own values, and each issue's facts."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypedDict

from assist.domain.eval_case import EvalCase
from assist.domain.grants import Granted
from assist.domain.issue import Issue
from assist.domain.records import CustomerRecord
from evals.scorers.grounds import Grounds

LOOKS_BACK = timedelta(days=3661)
"""Longer than any period that a rule may count over."""


class Circumstances(TypedDict):
    """What the rules are told about an issue, as the engine's `judge` takes it."""

    facts: dict[str, Any]
    on: date
    level: str
    region: str | None
    product: str | None
    tier: str | None
    granted: tuple[Granted, ...] | None


def day_of(case: EvalCase) -> date:
    """The day whose rules hold: when the ticket was opened, else the present."""
    return (case.ticket.created_at or case.at).date()


def record_of(case: EvalCase, grounds: Grounds) -> CustomerRecord | None:
    """The customer's record, where the ticket says whose."""
    customer = case.ticket.customer
    if grounds.records is None or not (customer.id or customer.email):
        return None
    return grounds.records.find(customer_id=customer.id, email=customer.email)


def own_values(case: EvalCase, record: CustomerRecord | None) -> Mapping[str, Any]:
    """What ticket and record say of the customer, as facts."""
    customer = case.ticket.customer
    told = {
        "customer.id": customer.id or (record.id if record else None),
        "customer.region": customer.region or (record.region if record else None),
        "customer.tier": customer.tier or (record.tier if record else None),
        "customer.identity_verified": customer.identity_verified,
    }
    return {path: value for path, value in told.items() if value is not None}


def circumstances(issue: Issue, case: EvalCase, grounds: Grounds) -> Circumstances:
    """What the rules judge an issue's actions by."""
    own = own_values(case, record_of(case, grounds))
    granted = None
    if (customer := own.get("customer.id")) and grounds.granted:
        granted = grounds.granted(customer, case.at - LOOKS_BACK)
    return Circumstances(
        facts={**own, **{fact.path: fact.value for fact in issue.facts}},
        on=day_of(case),
        level=case.level,
        region=own.get("customer.region"),
        product=case.ticket.product,
        tier=own.get("customer.tier"),
        granted=granted,
    )
