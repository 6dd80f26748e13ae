"""How much a level may still grant: what limits and caps leave, in one currency."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assist.domain.base import Currency, Money
from assist.domain.policy import PolicySet
from assist.policies.amounts import Amount
from assist.policies.asked import Asked, Circumstances
from assist.policies.authority import coverage
from assist.policies.caps import granted_before, limit_in
from assist.policies.clauses import standing


def rooms(
    kind: str, currency: Currency, policy_set: PolicySet, case: Circumstances
) -> list[Decimal]:
    """The amounts of this kind that could be the most, largest first, each above zero.

    They are what each limit and each cap leaves by itself; whether the rules let one of them pass
    is for `judge` to say, and nothing between two of them is allowed that the larger is not.
    """
    probe = Asked(kind, Amount(None), policy_set, case)
    left = (*_of_grants(probe, currency), *_of_clauses(probe, currency))
    return sorted({amount for amount in left if amount > 0}, reverse=True)


def _of_grants(asked: Asked, currency: Currency) -> Iterator[Decimal]:
    """What the grants of the asking level and below leave."""
    for grant in (weighed.grant for weighed in coverage(asked).own):
        yield from _left(asked, grant.limit, currency, None)
        if grant.cap:
            yield from _left(asked, grant.cap.amount, currency, grant.cap.days)


def _of_clauses(asked: Asked, currency: Currency) -> Iterator[Decimal]:
    """What the limits of policies leave."""
    case = asked.case
    for item in standing(asked.policy_set, case.facts, case.on, case.scope, {asked.kind}):
        yield from _left(asked, item.clause.limit, currency, item.clause.period_days)


def _left(
    asked: Asked, limit: Sequence[Money], currency: Currency, days: int | None
) -> Iterator[Decimal]:
    most = limit_in(limit, currency)
    if most is None:
        return
    earlier = granted_before(asked, days, currency) if days is not None else Decimal(0)
    if earlier is not None:
        yield most.amount - earlier
