"""How much an action grants: its money parameter, else what it costs in the region's currency."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from assist.domain.actions import ActionType
from assist.domain.base import Money
from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.policies.condition_money import decimals

LARGEST = Decimal(10) ** 15
FINEST = Decimal("1E-8")
"""Amounts are below the one and no finer than the other: ten thousand of them add up exactly."""


class Amount(NamedTuple):
    """The amount, or none with what is missing: the fact that would tell it, and why in words.

    `absurd`: what was given is no amount at all, and nobody may grant it.
    """

    money: Money | None
    facts: tuple[str, ...] = ()
    problem: str = ""
    absurd: bool = False

    def lacking(self, kind: str) -> str:
        """Why there is no amount, in words."""
        return self.problem or f"{kind} has a limit and no amount"


def amount_of(action: Action, policy_set: PolicySet, region: str | None) -> Amount:
    """The one amount of the action; several are added up in one currency."""
    declared = next((kind for kind in policy_set.actions if kind.kind == action.kind), None)
    given = [value for value in action.parameters.values() if isinstance(value, Money)]
    absurd = next((problem for money in given if (problem := fault_of(money))), "")
    if absurd:
        return Amount(None, (), absurd, absurd=True)
    if declared is not None and (lacking := _lacking(action, declared)) is not None:
        return lacking
    if given:
        return _sum(given)
    if declared is None:
        return Amount(None)
    return Amount(fixed_cost(declared, policy_set, region))


def fault_of(money: Money) -> str:
    """Why this can be no amount of a grant, in words; empty where it can."""
    if money.amount < 0:
        return "an amount is negative"
    if money.amount >= LARGEST:
        return "an amount is too large"
    if money.amount != money.amount.quantize(FINEST) or finer_than_its_currency(money):
        return "an amount has too many decimals"
    return ""


def finer_than_its_currency(money: Money) -> bool:
    """Whether it has digits that nobody can pay: half a cent."""
    exponent = money.amount.normalize().as_tuple().exponent
    places = decimals(money.currency)
    return isinstance(exponent, int) and places is not None and -exponent > places


def fixed_cost(declared: ActionType, policy_set: PolicySet, region: str | None) -> Money | None:
    """What the action costs by its declaration, in the currency of the region.

    Without a region the default region's; without a cost in that currency, none.
    """
    if len(declared.cost) == 1:
        return declared.cost[0]
    currency = policy_set.currency.get(region or policy_set.sla.default_region)
    return next((money for money in declared.cost if money.currency == currency), None)


def together(amounts: Sequence[Amount]) -> tuple[Amount, ...]:
    """The amounts of several actions of one kind, added up: one sum for each currency.

    Amounts that are not known add nothing; where none is known, the first says what is missing.
    """
    known = [amount.money for amount in amounts if amount.money is not None]
    return tuple(Amount(total) for total in totals(known)) or tuple(amounts[:1])


def totals(given: Iterable[Money]) -> tuple[Money, ...]:
    """The sums, one for each currency, in the order of their first amounts."""
    sums: dict[str, Decimal] = {}
    for money in given:
        sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
    return tuple(Money(amount=amount, currency=currency) for currency, amount in sums.items())


def _lacking(action: Action, declared: ActionType) -> Amount | None:
    """A declared amount that the action does not give, or one that is not money."""
    for name, parameter in declared.parameters.items():
        if parameter.type == "money" and not isinstance(action.parameters.get(name), Money):
            facts = (parameter.default_fact,) if parameter.default_fact else ()
            return Amount(None, facts, f"the {name} of {action.kind} is not known")
    return None


def _sum(given: Sequence[Money]) -> Amount:
    sums = totals(given)
    if len(sums) > 1:
        currencies = " and ".join(money.currency for money in sums)
        return Amount(None, (), f"amounts in {currencies} cannot be added up")
    return Amount(sums[0])
