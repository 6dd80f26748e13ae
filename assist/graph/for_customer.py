"""Which statements hold for this customer: their region, their tier, their product, their codes.

An article speaks to everybody. "Business customers have no right of withdrawal" is no answer to
somebody who bought a lamp for the kitchen, and the row of another error code is none either.
"""

import re
from collections.abc import Callable

from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.domain.knowledge import Passage
from assist.domain.policy import PolicySet
from assist.drafting.circumstances import tells_situation
from assist.drafting.selection import codes, error_codes
from assist.graph.called_for import for_region, regions_of
from assist.graph.on_record import known_of
from assist.graph.scope import region_of, tier_of
from assist.language.phrases import find, mentions
from assist.language.statements import Statement
from assist.understanding.products import product_choices, products_named
from assist.understanding.turns import whole_conversation

_WHOSE = re.compile(
    r"^(?:for |if you are an? )?(?P<tier>[A-Za-z]{2,30}) (?:customers?|accounts?)\b", re.IGNORECASE
)


def fits_customer(issue: Issue, case: Case, policy_set: PolicySet) -> Callable[[Statement], bool]:
    """Whether a statement holds for the customer. What is not known of them rules nothing out."""
    region, regions = region_of(case), regions_of(policy_set)
    tiers = frozenset(c for d in policy_set.facts if d.path == "customer.tier" for c in d.choices)
    products = product_choices(policy_set.facts)
    story = f"{case.ticket.subject or ''}\n{whole_conversation(case.ticket)}"
    about = frozenset((*products_named(story, products), *filter(None, [case.ticket.product])))
    asked = error_codes(f"{case.ticket.subject or ''} {issue.text}")

    def fits(statement: Statement) -> bool:
        return (
            for_region(statement, region, regions)
            and not _for_another_tier(statement, tiers, tier_of(case), issue.text)
            and not _for_another_product(statement, about, products)
            and not _about_another_code(statement, asked)
        )

    return fits


def speaks_to_customer(
    issue: Issue, case: Case, policy_set: PolicySet
) -> Callable[[Passage], bool]:
    """Whether a passage is not written for other customers, as its title or its heading tells.

    An article on business accounts is for whoever has one, or asks about one: where the tier is
    not known either, nobody is taken for a business. A section on parcels that were delivered is
    not for somebody whose parcel, by the record, is in transit.
    """
    audience = _other_audiences(issue, case, policy_set)
    elsewise = _other_standings(issue, case, policy_set)

    def speaks(passage: Passage) -> bool:
        heading = passage.headings[-1] if passage.headings else ""
        if elsewise and tells_situation(heading) and find(elsewise, heading):
            return False
        return not audience or not find(audience, " ".join((passage.title, *passage.headings)))

    return speaks


def _other_audiences(issue: Issue, case: Case, policy_set: PolicySet) -> tuple[str, ...]:
    """How a title names the customers of tiers that are not this customer's, nor spoken of."""
    tiers = {c for d in policy_set.facts if d.path == "customer.tier" for c in d.choices}
    told = f"{case.ticket.subject or ''} {issue.text}"
    others = [t for t in sorted(tiers - {tier_of(case)}) if not mentions((t,), told)]
    return tuple(f"{tier} {who}" for tier in others for who in ("customer", "account"))


def _other_standings(issue: Issue, case: Case, policy_set: PolicySet) -> tuple[str, ...]:
    """What the matter's choices are not: a parcel in transit has not been delivered."""
    choices = {d.path: d.choices for d in policy_set.facts if d.type == "choice"}
    known = known_of(issue, policy_set) if case.ticket.customer.identity_verified else ()
    values = {str(fact.value) for fact in known if fact.path in choices}
    others = {c for fact in known for c in choices.get(fact.path, ())} - values
    return tuple(choice.replace("_", " ") for choice in sorted(others))


def _for_another_tier(
    statement: Statement, tiers: frozenset[str], tier: str | None, told: str
) -> bool:
    match = _WHOSE.match(statement.text)
    named = match["tier"].lower() if match else ""
    return named in tiers and named != tier and named not in told.lower()


def _for_another_product(
    statement: Statement, about: frozenset[str], products: tuple[str, ...]
) -> bool:
    """Only a row or an item stands for one product; a sentence may compare two."""
    if not about or statement.form not in ("row", "item"):
        return False
    named = products_named(statement.text, products)
    return bool(named) and about.isdisjoint(named)


def _about_another_code(statement: Statement, asked: frozenset[str]) -> bool:
    """A step may name a code on the way to the one that is asked about.

    A sentence may name a serial number beside an error code: only codes of one family exclude each
    other there, as E-217 and E-218 do.
    """
    named = codes(statement.text) if statement.form != "step" else frozenset[str]()
    if not asked or not named or not asked.isdisjoint(named):
        return False
    return statement.form != "sentence" or {c[:2] for c in named} <= {c[:2] for c in asked}
