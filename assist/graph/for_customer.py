"""Which statements hold for this customer: their region, their tier, their product, their codes.

An article speaks to everybody. "Business customers have no right of withdrawal" is no answer to
somebody who bought a lamp for the kitchen, and the row of another error code is none either.
"""

import re
from collections.abc import Callable

from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.domain.policy import PolicySet
from assist.drafting.selection import codes
from assist.graph.called_for import for_region, regions_of
from assist.graph.scope import region_of, tier_of
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
    asked = codes(f"{case.ticket.subject or ''} {issue.text}")

    def fits(statement: Statement) -> bool:
        return (
            for_region(statement, region, regions)
            and not _for_another_tier(statement, tiers, tier_of(case), issue.text)
            and not _for_another_product(statement, about, products)
            and not _about_another_code(statement, asked)
        )

    return fits


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
