"""May a level grant this? Sums against `authority.yaml` and ceilings, reckoned anew.

The product's engine weighs far more than that. But what it allows must be within these numbers, and
whoever breaks the engine has not broken this.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assist.domain.authority import Grant
from assist.domain.base import Money
from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from evals.scorers.knowing import Circumstances


def beyond(action: Action, rules: PolicySet, case: Circumstances) -> Iterator[str]:
    """Why the level may not grant the act, in words; nothing where the numbers let it."""
    if all(action.kind != declared.kind for declared in rules.actions):
        yield f"{action.kind} is no declared action"
        return
    levels = rules.authority.levels
    own = levels[: levels.index(case["level"]) + 1]
    named = [grant for grant in rules.authority.grants if grant.action == action.kind]
    grants = [grant for grant in named if grant.level in own]
    unbound = own == levels and all(grant.level != levels[-1] for grant in named)
    if not unbound:
        yield from _by_no_grant(action, grants, case)
    yield from _over_a_ceiling(action, rules, case)


def _by_no_grant(action: Action, grants: Sequence[Grant], case: Circumstances) -> Iterator[str]:
    closed = [why for grant in grants if (why := _closed(grant, action, case))]
    if not grants:
        yield f"no grant lets the {case['level']} do {action.kind}"
    elif len(closed) == len(grants):
        yield closed[-1]


def _closed(grant: Grant, action: Action, case: Circumstances) -> str:
    """Why a grant does not cover it; empty where it does, or where no amount is known."""
    money = _asked(action)
    if money is not None and grant.limit:
        limit = _in(grant.limit, money.currency)
        if limit is None:
            return f"{action.kind} of {money}: the {grant.level} has no limit in {money.currency}"
        if money.amount > limit.amount:
            return f"{action.kind} of {money} is above the {grant.level}'s limit of {limit}"
    cap = grant.cap
    if cap is None or case["granted"] is None:
        return ""
    since = [g for g in case["granted"] if _counts(g, action.kind, cap.days, case)]
    if cap.count is not None and len(since) >= cap.count:
        return f"{len(since)} {action.kind} in {cap.days} days, and the cap is {cap.count}"
    most = _in(cap.amount, money.currency) if money else None
    if money and most and _sum(since, money.currency) + money.amount > most.amount:
        return f"{action.kind} of {money} passes the cap of {most} in {cap.days} days"
    return ""


def _over_a_ceiling(action: Action, rules: PolicySet, case: Circumstances) -> Iterator[str]:
    """A mandatory limit without a condition: no other limit takes its place."""
    money, on = _asked(action), case["on"]
    if money is None:
        return
    for policy in rules.policies:
        expired = policy.expires is not None and policy.expires <= on
        elsewhere = policy.regions and case["region"] not in policy.regions
        if policy.effective > on or expired or elsewhere or policy.products or policy.tiers:
            continue
        for clause in policy.clauses:
            ceiling = clause.effect == "limit" and clause.type == "mandatory"
            always = clause.when == "true" and clause.period_days is None
            most = _in(clause.limit, money.currency)
            applies = ceiling and always and action.kind in clause.actions
            if applies and most and money.amount > most.amount:
                yield f"{action.kind} of {money} is above {clause.id}'s {most}"


def _asked(action: Action) -> Money | None:
    """The sum of its amounts; none where there is none, or in two currencies."""
    given = [value for value in action.parameters.values() if isinstance(value, Money)]
    if not given or len({money.currency for money in given}) > 1:
        return None
    return Money(amount=sum((m.amount for m in given), Decimal(0)), currency=given[0].currency)


def _in(amounts: Sequence[Money], currency: str) -> Money | None:
    return next((money for money in amounts if money.currency == currency), None)


def _counts(granted: Granted, kind: str, days: int, case: Circumstances) -> bool:
    age = (case["on"] - granted.at.date()).days
    return granted.action == kind and granted.voided_at is None and age <= days


def _sum(granted: Sequence[Granted], currency: str) -> Decimal:
    amounts = [g.amount.amount for g in granted if g.amount and g.amount.currency == currency]
    return sum(amounts, Decimal(0))
