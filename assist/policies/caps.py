"""Amounts against limits, and against what one customer was granted in a period before.

A period of so many days goes back that many days from the day of the case: a grant as many days old
counts, one a day older does not. What was granted after that day counts too: a case is judged by
its own day, and what has been granted meanwhile cannot be granted again.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from assist.domain.base import Currency, Money
from assist.domain.grants import Granted
from assist.policies.amounts import fault_of
from assist.policies.asked import Asked

CUSTOMER = "customer.id"
"""The fact that is missing where nobody knows who asks."""
_WHO = "what the customer was granted before is not known"


class Held(NamedTuple):
    """Whether what is asked is within a limit or cap; none where that cannot be told.

    `lines` is the arithmetic. `facts` and `problems` say what is missing to tell. `uncounted`: not
    within for no other reason than that something granted before cannot be counted.
    """

    within: bool | None
    lines: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    uncounted: bool = False


class Period(NamedTuple):
    """The most in so many days: in sum, in each currency named, and in number. `name` in words."""

    days: int
    name: str
    amount: tuple[Money, ...] = ()
    times: int | None = None


def limit_in(limit: Sequence[Money], currency: str) -> Money | None:
    """The limit in that currency."""
    return next((money for money in limit if money.currency == currency), None)


def compared(amount: Money, limit: Money, name: str) -> str:
    """The comparison in words: `120.00 GBP > 80.00 GBP, the agent's limit for refund`."""
    return f"{amount} {_sign(amount.amount, limit.amount)} {limit}, {name}"


def within_limit(asked: Asked, limit: Sequence[Money], name: str) -> Held:
    """What is asked at once against the limit in its currency."""
    money = asked.amount.money
    if money is None:
        return _no_amount(asked)
    own = limit_in(limit, money.currency)
    if own is None:
        return Held(False, (f"{name} names no amount in {money.currency}",))
    return Held(money.amount <= own.amount, (compared(money, own, name),))


def within_period(asked: Asked, period: Period) -> Held:
    """What is asked, together with what was granted before, against sum and number."""
    parts: list[Held] = []
    if period.amount:
        parts.append(_sum(asked, period))
    if period.times is not None:
        parts.append(_number(asked, period, period.times))
    return both(parts)


def before(asked: Asked, days: int) -> list[Granted] | None:
    """What the customer was granted of the kind in the last `days` days; none if nobody knows."""
    granted, on = asked.case.granted, asked.case.on
    if granted is None:
        return None
    return [
        one
        for one in granted
        if one.action == asked.kind and one.counts and _age(one.at.date(), on) <= days
    ]


def granted_before(asked: Asked, days: int, currency: Currency) -> Decimal | None:
    """The sum of what the customer was granted of the kind in that currency and in so many days."""
    earlier = before(asked, days)
    return None if earlier is None else _added(earlier, currency)


def both(parts: Iterable[Held]) -> Held:
    """All of them hold: one that is not within decides, else one that cannot be told does."""
    found = list(parts)
    beyond = [part for part in found if part.within is False]
    open_ = [part for part in found if part.within is None]
    lines = tuple(line for part in found for line in part.lines)
    if beyond:
        return Held(False, lines, uncounted=all(part.uncounted for part in beyond))
    facts = tuple(fact for part in open_ for fact in part.facts)
    problems = tuple(problem for part in open_ for problem in part.problems)
    return Held(None if open_ else True, lines, facts, problems)


def _sum(asked: Asked, period: Period) -> Held:
    money = asked.amount.money
    if money is None:
        return _no_amount(asked)
    limit = limit_in(period.amount, money.currency)
    if limit is None:
        return Held(False, (f"{period.name} names no amount in {money.currency}",))
    earlier = before(asked, period.days)
    if earlier is None:
        if money.amount > limit.amount:
            return Held(False, (compared(money, limit, period.name),))
        return Held(None, (), (CUSTOMER,), (_WHO,))
    so_far = Money(amount=_added(earlier, money.currency), currency=money.currency)
    total = Money(amount=so_far.amount + money.amount, currency=money.currency)
    line = f"{so_far} granted in the last {period.days} days + {money} = {total}"
    lines = (f"{line} {_sign(total.amount, limit.amount)} {limit}, {period.name}",)
    strange = tuple(_uncounted(one, period) for one in earlier if not _countable(one, period))
    if total.amount > limit.amount or not strange:
        return Held(total.amount <= limit.amount, (*lines, *strange))
    return Held(False, (*lines, *strange), uncounted=True)


def _number(asked: Asked, period: Period, most: int) -> Held:
    earlier = before(asked, period.days)
    if earlier is None:
        if asked.times > most:
            return Held(False, (f"{asked.times} > {most}, {period.name}",))
        return Held(None, (), (CUSTOMER,), (_WHO,))
    total = len(earlier) + asked.times
    line = f"{len(earlier)} granted in the last {period.days} days + {asked.times} = {total}"
    return Held(total <= most, (f"{line} {_sign(total, most)} {most}, {period.name}",))


def _added(earlier: Iterable[Granted], currency: Currency) -> Decimal:
    amounts = [one.amount for one in earlier if one.amount is not None]
    counted = [m.amount for m in amounts if m.currency == currency and not fault_of(m)]
    return sum(counted, Decimal(0))


def _countable(one: Granted, period: Period) -> bool:
    """Whether the sum can count it: an amount in a currency that the cap names."""
    if one.amount is None or fault_of(one.amount):
        return False
    return limit_in(period.amount, one.amount.currency) is not None


def _uncounted(one: Granted, period: Period) -> str:
    if one.amount is None or fault_of(one.amount):
        return f"a {one.action} granted on {one.at.date()} has no amount to count"
    return (
        f"{one.amount} granted on {one.at.date()}: {period.name} names no amount in that currency"
    )


def _no_amount(asked: Asked) -> Held:
    return Held(None, (), asked.amount.facts, (asked.amount.lacking(asked.kind),))


def _age(day: date, on: date) -> int:
    return (on - day).days


def _sign(amount: Decimal | int, limit: Decimal | int) -> str:
    return "<=" if amount <= limit else ">"
