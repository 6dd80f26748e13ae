"""How much an action grants: its money parameter, else what it costs in the region's currency."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from assist.domain.base import Money
from assist.domain.policy import ActionType, PolicySet, Verdict
from assist.domain.solution import Action


class Amount(NamedTuple):
    """The amount, or none with what is missing: the fact that would tell it, and why in words."""

    money: Money | None
    facts: tuple[str, ...] = ()
    problem: str = ""

    def unknown(self, kind: str) -> Verdict:
        """The verdict where a limit asks for an amount that is not there."""
        reason = self.problem or f"{kind} has a limit and no amount"
        return Verdict(value="unknown", facts=self.facts, reason=reason)


def amount_of(action: Action, policy_set: PolicySet, region: str | None) -> Amount:
    """The one amount of the action; several are added up in one currency."""
    declared = {kind.kind: kind for kind in policy_set.actions}.get(action.kind)
    given = [value for value in action.parameters.values() if isinstance(value, Money)]
    if declared is not None and (lacking := _lacking(action, declared)) is not None:
        return lacking
    if given:
        return _sum(given)
    if declared is None:
        return Amount(None)
    return Amount(fixed_cost(declared, policy_set, region))


def fixed_cost(declared: ActionType, policy_set: PolicySet, region: str | None) -> Money | None:
    """What the action costs by its declaration, in the currency of the region.

    Without a region the default region's; without a cost in that currency, none.
    """
    if len(declared.cost) == 1:
        return declared.cost[0]
    currency = policy_set.currency.get(region or policy_set.sla.default_region)
    return next((money for money in declared.cost if money.currency == currency), None)


def merged(actions: Sequence[Action], policy_set: PolicySet) -> tuple[Action, ...]:
    """For each kind that comes more than once with amounts, one action with their sum."""
    by_kind: dict[str, list[Money]] = {}
    for action in actions:
        money = amount_of(action, policy_set, None).money
        if money is not None and any(isinstance(v, Money) for v in action.parameters.values()):
            by_kind.setdefault(action.kind, []).append(money)
    kinds = {kind.kind: kind for kind in policy_set.actions}
    return tuple(
        _of_sum(kinds[kind], total)
        for kind, amounts in by_kind.items()
        if kind in kinds and len(amounts) > 1
        for total in _totals(amounts)
    )


def _of_sum(declared: ActionType, total: Money) -> Action:
    money = [name for name, parameter in declared.parameters.items() if parameter.type == "money"]
    name = declared.cost_parameter or next(iter(money), "amount")
    nothing = Money(amount=Decimal(0), currency=total.currency)
    rest = {other: nothing for other in money if other != name}
    return Action(kind=declared.kind, parameters={name: total, **rest})


def _lacking(action: Action, declared: ActionType) -> Amount | None:
    """A declared amount that the action does not give, or one that is not money."""
    for name, parameter in declared.parameters.items():
        if parameter.type == "money" and not isinstance(action.parameters.get(name), Money):
            facts = (parameter.default_fact,) if parameter.default_fact else ()
            return Amount(None, facts, f"the {name} of {action.kind} is not known")
    return None


def _sum(given: Sequence[Money]) -> Amount:
    if any(money.amount < 0 for money in given):
        return Amount(None, (), "an amount is negative")
    totals = _totals(given)
    if len(totals) > 1:
        currencies = " and ".join(money.currency for money in totals)
        return Amount(None, (), f"amounts in {currencies} cannot be added up")
    return Amount(totals[0])


def _totals(given: Sequence[Money]) -> tuple[Money, ...]:
    totals: dict[str, Decimal] = {}
    for money in given:
        totals[money.currency] = totals.get(money.currency, Decimal(0)) + money.amount
    return tuple(Money(amount=amount, currency=currency) for currency, amount in totals.items())
