"""Money in conditions: amounts in one currency -> integer minor units, which CEL can compare.

CEL has no decimals and floats are no money. 50.00 GBP is 5000 pence, exactly, or it is refused.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from assist.domain.base import Money
from assist.policies.values import MAX_INTEGER

COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
"""What can be asked of two amounts; there is no arithmetic on them."""

_ISO_DIGITS: Mapping[str, int] = {
    "AFN": 2, "ALL": 2, "IQD": 3, "IRR": 2, "KPW": 2, "LAK": 2, "LBP": 2,
    "MGA": 2, "MMK": 2, "RSD": 2, "SOS": 2, "SYP": 2, "YER": 2,
}  # fmt: skip
"""Where CLDR, which babel reads, tells the decimals in daily use instead of ISO 4217's."""
_NO_MONEY = frozenset({
    "XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX",
})  # fmt: skip
"""Codes of ISO 4217 that nobody pays with: metals, units of account, tests."""
_LITERAL = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]+)?")


class NotComparable(ValueError):
    """Why amounts cannot be compared, in words."""


@functools.lru_cache(1024)
def decimals(currency: str) -> int | None:
    """Decimal places of the currency's minor unit after ISO 4217; none where it is no currency."""
    from babel.numbers import get_currency_precision, is_currency

    if currency in _NO_MONEY or not is_currency(currency):
        return None
    return _ISO_DIGITS.get(currency, get_currency_precision(currency))


def minor_units(money: Money) -> int:
    """The amount in the smallest unit of its currency, exactly. Raises `NotComparable`."""
    places = decimals(money.currency)
    shown = f"{money.amount} {money.currency}"
    if places is None:
        raise NotComparable(f"{shown}, and {money.currency} is no currency of ISO 4217")
    if money.amount and money.amount.adjusted() > 18:
        raise NotComparable(f"{shown}, which is too large to compare")
    rounded = money.amount.quantize(Decimal(1).scaleb(-places))
    if rounded != money.amount:
        raise NotComparable(f"{shown}, finer than the {places} decimal places of {money.currency}")
    if abs(units := int(rounded.scaleb(places))) > MAX_INTEGER:
        raise NotComparable(f"{shown}, which is too large to compare")
    return units


def literal_units(amount: str, currency: str) -> int:
    """The minor units of `money('50.00', 'GBP')`. Raises `NotComparable` where it is no amount."""
    places = decimals(currency)
    if places is None:
        raise NotComparable(f"{currency!r} is no currency of ISO 4217")
    if not _LITERAL.fullmatch(amount):
        raise NotComparable(f"{amount!r} is no amount")
    # As written, not by value: 50.00 JPY is a slip of somebody who meant another currency.
    if len(amount.partition(".")[2]) > places:
        raise NotComparable(f"{amount} is finer than the {places} decimal places of {currency}")
    try:
        return minor_units(Money(amount=Decimal(amount), currency=currency))
    except NotComparable as error:
        raise NotComparable(f"the amount is {error}") from error


def same_currency(amounts: Sequence[tuple[str, Money]], currency: str | None) -> list[int]:
    """The minor units of the amounts of these facts, all in `currency`, or in that of the first.

    Raises `NotComparable` where one is in another, or cannot be told in minor units.
    """
    (first, money), *others = amounts
    if currency is not None and money.currency != currency:
        raise NotComparable(f"{first} is in {money.currency}, the condition compares {currency}")
    for path, other in others:
        if other.currency != money.currency:
            raise NotComparable(f"{first} is in {money.currency}, {path} in {other.currency}")
    return [_units_of(path, amount) for path, amount in amounts]


def _units_of(path: str, money: Money) -> int:
    try:
        return minor_units(money)
    except NotComparable as error:
        raise NotComparable(f"{path} is {error}") from error
