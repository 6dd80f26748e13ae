"""Limits of clauses that say nothing about a currency in which customers of theirs pay."""

from collections.abc import Iterator

from assist.policies.audit.findings import Finding, found
from assist.policies.audit.ruling import Alone, Era, Rule, Ruling


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


def _meets(ruling: Ruling, rule: Rule, region: str, era: Era) -> bool:
    """Whether a case of the region can come to the limit without being forbidden before it."""
    forbidding = [
        [r for r in era.rules if r.clause.effect == "forbid" and kind in r.clause.actions]
        for kind in rule.clause.actions
    ]
    there = Alone(ruling.where("region", [region]))
    return any(not ruling.asked([rule, there], rules, era).certain for rules in forbidding)
