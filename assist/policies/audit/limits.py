"""Limits that say nothing about a currency in which customers pay."""

from collections.abc import Iterator
from typing import NamedTuple

from assist.policies.audit.findings import Finding, found
from assist.policies.audit.ruling import Alone, Era, Rule, Ruling
from assist.policies.located import Page, Path
from assist.policies.rule_files import RECORDS


def unlimited(ruling: Ruling) -> Iterator[Finding]:
    """A finding for each limit that meets an amount in a currency that it does not name."""
    for rule in ruling.rules:
        if rule.clause.effect != "limit":
            continue
        named = {money.currency for money in rule.clause.limit}
        eras = [era for era in reversed(ruling.eras) if rule in era.rules]
        lacking = [
            f"{currency} of {region}"
            for region, currency in sorted(ruling.policy_set.currency.items())
            if currency not in named and any(_meets(ruling, rule, region, era) for era in eras)
        ]
        if lacking:
            yield found(
                "no-currency",
                rule.page,
                (*rule.at, "limit"),
                f"{rule.clause.id} has no amount in {', '.join(lacking)}",
                cure="add the amount, or narrow the clause to the regions it is for",
            )


class _Limit(NamedTuple):
    """Amounts, whose they are, and where they stand."""

    whose: str
    page: Page
    at: Path
    currencies: frozenset[str]


def unmapped(ruling: Ruling) -> Iterator[Finding]:
    """One finding where limits differ in their currencies and no file tells who pays in which."""
    if ruling.policy_set.currency:
        return
    limits = list(_limits(ruling))
    every = frozenset[str]().union(*(limit.currencies for limit in limits))
    lacking = [limit for limit in limits if limit.currencies != every]
    if lacking:
        first = lacking[0]
        others = f", nor have {len(lacking) - 1} other limits all of them" if lacking[1:] else ""
        yield found(
            "no-currency-map",
            first.page,
            first.at,
            f"{first.whose} has no amount in {', '.join(sorted(every - first.currencies))}, as "
            f"others have{others}; whether customers need one is not known",
            cure=f"say in {RECORDS} which region pays in what: `currency: {{REGION: EUR}}`",
        )


def _limits(ruling: Ruling) -> Iterator[_Limit]:
    page = ruling.book.files.brought.get("authority.yaml")
    for index, grant in enumerate(ruling.policy_set.authority.grants if page else ()):
        amounts = {"limit": grant.limit, "cap": grant.cap.amount if grant.cap else ()}
        for field, limit in amounts.items():
            if page and limit:
                whose = f"the {field} of {grant.level} for {grant.action}"
                named = frozenset(money.currency for money in limit)
                yield _Limit(whose, page, ("grants", index, field), named)
    for rule in ruling.rules:
        if rule.clause.limit:
            named = frozenset(money.currency for money in rule.clause.limit)
            yield _Limit(rule.clause.id, rule.page, (*rule.at, "limit"), named)


def _meets(ruling: Ruling, rule: Rule, region: str, era: Era) -> bool:
    """Whether a case of the region can come to the limit without being forbidden before it."""
    forbidding = [
        [r for r in era.rules if r.clause.effect == "forbid" and kind in r.clause.actions]
        for kind in rule.clause.actions
    ]
    there = Alone(ruling.where("region", [region]))
    return any(not ruling.asked([rule, there], rules, era).certain for rules in forbidding)
