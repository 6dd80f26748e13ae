"""The case -> what restricts which passages and clauses apply: region, product, tier, date."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict

from assist.domain.case import Case
from assist.domain.grants import Granted
from assist.domain.issue import Issue
from assist.domain.knowledge import Kind
from assist.domain.policy import PolicySet
from assist.policies.sla import calendar_for
from assist.understanding.products import products_named
from assist.understanding.turns import whole_conversation


def region_of(case: Case) -> str | None:
    """The customer's region, from the ticket, else from the record."""
    return case.ticket.customer.region or (case.record.region if case.record else None)


def region_notes(case: Case, policy_set: PolicySet) -> tuple[str, ...]:
    """That the region given is none the company knows, and what follows; nothing where it is."""
    region, sla = region_of(case), policy_set.sla
    known = [calendar.region for calendar in sla.calendars]
    if region is None or region in known:
        return ()
    note = (
        f"the region “{region}” is none of {', '.join(known)}: times are told by the calendar of "
        f"{calendar_for(sla, region).region}, and what holds in one region alone is left out"
    )
    return (note,)


def tier_of(case: Case) -> str | None:
    """The customer's tier, from the ticket, else from the record."""
    return case.ticket.customer.tier or (case.record.tier if case.record else None)


def date_of(case: Case) -> date:
    """The date the case is judged by: when the ticket was opened, else the present."""
    return (case.ticket.created_at or case.now).date()


def earlier_contacts(issue: Issue, case: Case) -> int:
    """How many of the customer's earlier tickets were about the same category."""
    earlier = case.record.tickets if case.record else ()
    return sum(t.category == issue.category and issue.category is not None for t in earlier)


def product_of(case: Case, products: Sequence[str]) -> str | None:
    """The product the ticket is about: as it says, else the only one of `products` it names."""
    if case.ticket.product:
        return case.ticket.product
    named = products_named(
        f"{case.ticket.subject or ''}\n{whole_conversation(case.ticket)}", products
    )
    return named[0] if len(named) == 1 else None


def scope_filters(
    case: Case, kind: Kind, house: str, products: Sequence[str] = ()
) -> dict[str, str]:
    """The hard filters of a search for this case; what is not known restricts nothing.

    An article about the hub answers no ticket that names only a plug.

    Articles must be in the language of the answer: an English customer is not quoted a German one.
    Where there can be no answer, the agent is shown those in the knowledge base's own language,
    `house`: a code or a product may have found them. Policies and precedents are for the agent
    alone, in whatever language they are.
    """
    language = case.language.code if case.language and case.language.answerable else house
    wanted = {
        "language": language if kind == "kb" else None,
        "region": region_of(case),
        "product": product_of(case, products) if kind == "kb" else case.ticket.product,
        "tier": tier_of(case),
        "date": date_of(case).isoformat(),
    }
    return {name: value for name, value in wanted.items() if value}


class Judged(TypedDict):
    """What the policy engine is told about an issue."""

    facts: dict[str, Any]
    on: date
    level: str
    region: str | None
    product: str | None
    tier: str | None
    granted: tuple[Granted, ...] | None


def judged_for(issue: Issue, case: Case) -> Judged:
    """Facts and scope of an issue, as `judge` takes them."""
    return Judged(
        facts=values_of(issue, case),
        on=date_of(case),
        level=case.level,
        region=region_of(case),
        product=case.ticket.product,
        tier=tier_of(case),
        granted=case.granted,
    )


def values_of(issue: Issue, case: Case) -> dict[str, Any]:
    """Fact values by path; what the ticket itself says of the customer is a fact too."""
    own = {
        "customer.id": case.ticket.customer.id or (case.record.id if case.record else None),
        "customer.region": region_of(case),
        "customer.tier": tier_of(case),
        "customer.identity_verified": case.ticket.customer.identity_verified,
    }
    known = {path: value for path, value in own.items() if value is not None}
    return known | {fact.path: fact.value for fact in issue.facts}
