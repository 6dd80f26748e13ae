"""For each fact of some conditions, the few values that stand for all it can have."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from pydantic import JsonValue

from assist.domain.base import Money
from assist.domain.facts import FactDeclaration
from assist.policies.audit.compared import DAY, Compared, Constant, Read
from assist.policies.condition_terms import business_days_between

Values = tuple[JsonValue, ...]


def representatives(
    comparisons: Sequence[Compared], declarations: Mapping[str, FactDeclaration], on: date
) -> dict[str, Values]:
    """Values by path, for every fact that is compared or stands alone."""
    found: dict[str, dict[str, JsonValue]] = {}
    for reads, constants in _joined(comparisons):
        for read in reads:
            fact = declarations[read.path]
            values = _values(fact, read, constants, len(reads), on)
            found.setdefault(read.path, {}).update({str(value): value for value in values})
    return {path: tuple(values.values()) for path, values in found.items()}


def _joined(
    comparisons: Sequence[Compared],
) -> Iterable[tuple[tuple[Read, ...], tuple[Constant, ...]]]:
    """Facts that are compared with one another share their constants."""
    groups: list[tuple[dict[Read, None], dict[Constant, None]]] = []
    for one in comparisons:
        if not one.reads:
            continue
        reads, constants = dict.fromkeys(one.reads), dict.fromkeys(one.constants)
        apart = []
        for group in groups:
            if group[0].keys().isdisjoint(reads):
                apart.append(group)
            else:
                reads, constants = group[0] | reads, group[1] | constants
        groups = [*apart, (reads, constants)]
    return [(tuple(reads), tuple(constants)) for reads, constants in groups]


def _values(
    fact: FactDeclaration, read: Read, constants: Sequence[Constant], facts: int, on: date
) -> Iterable[JsonValue]:
    """`facts`: how many are compared with one another, so that as many can differ."""
    numbers = [c for c in constants if isinstance(c, Decimal)]
    texts = [c for c in constants if isinstance(c, str)]
    kind = fact.type if read.reading == "value" else read.reading
    values: Iterable[JsonValue]
    match kind:
        case "boolean":
            values = (True, False)
        case "choice" if fact.choices:
            values = fact.choices
        case "text" | "choice":
            values = _texts(texts, facts)
        case "money":
            values = _money([c for c in constants if isinstance(c, Money)], facts)
        case "integer":
            values = _integers(numbers, facts)
        case "number":
            values = [str(value) for value in _numbers(numbers, facts)]
        case "date":
            values = [day.isoformat() for day in _days(texts, facts, on)]
        case counted:
            counts = _integers(numbers, facts)
            values = [day.isoformat() for day in _counted(counted, counts, on)]
    return values


def _integers(constants: Sequence[Decimal], facts: int) -> list[int]:
    around = constants or [Decimal(0)]
    return sorted({int(c // 1) + n for c in around for n in range(-facts, facts + 1)})


def _numbers(constants: Sequence[Decimal], facts: int) -> list[Decimal]:
    """Each constant, and as many values between two of them as there are facts to tell apart."""
    ends = sorted(set(constants)) or [Decimal(0)]
    ends = [ends[0] - 2, *ends, ends[-1] + 2]
    between = [a + (b - a) * n / (facts + 1) for a, b in pairwise(ends) for n in range(facts + 1)]
    return sorted({*between, ends[-1]})


def _texts(constants: Sequence[str], facts: int) -> list[str]:
    """Each text, two of them in a row for what begins and ends in words, and others."""
    pairs = [a + b for a in constants for b in constants if a != b]
    return [*constants, *(f"something else {n + 1}" for n in range(facts)), *pairs]


def _money(constants: Sequence[Money], facts: int) -> list[JsonValue]:
    from babel.numbers import get_currency_precision

    around = constants or [Money(amount=Decimal(0), currency="USD")]
    amounts = [
        (money.amount + n * Decimal(10) ** -get_currency_precision(money.currency), money.currency)
        for money in around
        for n in range(-facts, facts + 1)
    ]
    return [{"amount": str(amount), "currency": currency} for amount, currency in amounts]


def _days(texts: Sequence[str], facts: int, on: date) -> list[date]:
    named = [date.fromisoformat(text) for text in texts if DAY.fullmatch(text)]
    return [day + timedelta(n) for day in named or [on] for n in range(-facts, facts + 1)]


def _counted(reading: str, counts: Sequence[int], on: date) -> list[date]:
    """Dates with these counts; of business days the first and the last that count so many."""
    if reading == "days_since":
        return [on - timedelta(count) for count in counts]
    found: list[date] = []
    for count in counts:
        # Five of seven days count: begin before that date and walk to where the count is right.
        day = on - timedelta(count * 7 // 5 + 4)
        alike = [d for n in range(9) if business_days_between(d := day + timedelta(n), on) == count]
        found += [alike[0], alike[-1]] if alike else []
    return found
