"""The first amount of money a text names: “£20”, “20.50 EUR”, “1,200 dollars”."""

import re
from decimal import Decimal

from assist.domain.base import Money

_SIGNS = {"£": "GBP", "€": "EUR", "$": "USD", "¥": "JPY"}
_NAMES = {
    "euro": "EUR", "euros": "EUR", "pound": "GBP", "pounds": "GBP", "dollar": "USD",
    "dollars": "USD",
}  # fmt: skip
_NUMBER = (
    r"(?P<{0}>\d{{1,3}}(?:[ ,.]\d{{3}}){{1,4}}(?:[.,]\d{{1,2}})?"
    r"|\d{{1,12}}(?:[.,]\d{{1,2}})?)(?!\d)"
)
_CODES = "EUR|GBP|USD|CHF|SEK|NOK|DKK|PLN|CAD|AUD|JPY|CZK|HUF|RON|NZD|SGD|INR|ZAR|BRL|MXN"
_AMOUNT = re.compile(
    rf"(?:(?P<sign>[£€$¥])|\b(?P<code>{_CODES})\b)\s?{_NUMBER.format('after')}"
    rf"|(?<![\d.,]){_NUMBER.format('before')}\s?(?:(?P<sign2>[£€])|(?P<code2>{_CODES})\b|(?P<name>euros?|pounds?|dollars?)\b)",
)


def amount_in(text: str, dollar: str = "USD") -> Money | None:
    """The first amount, or none. `dollar` is the currency “$” stands for in this region."""
    match = _AMOUNT.search(text)
    if match is None:
        return None
    number = _decimal(match["after"] or match["before"])
    sign = match["sign"] or match["sign2"]
    code = match["code"] or match["code2"] or _NAMES.get(match["name"] or "") or _SIGNS[sign]
    dollars = sign == "$" or (match["name"] or "").startswith("dollar")
    return Money(amount=number, currency=dollar if dollars else code)


def _decimal(said: str) -> Decimal:
    """The last mark parts the decimals where one or two digits follow it; the others group."""
    bare = said.replace(" ", "")
    head, mark, tail = max(bare.rpartition("."), bare.rpartition(","), key=lambda p: len(p[0]))
    if mark and len(tail) <= 2:
        return Decimal(f"{re.sub('[.,]', '', head)}.{tail}")
    return Decimal(re.sub("[.,]", "", bare))
