"""Does a sentence name the amounts and numbers that its clause's condition compares with?

Both are told only where none of the condition's is said and the sentence has figures of its own,
which neither a limit nor a count of days explains: what a sentence leaves unsaid is not judged.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeGuard

from assist.domain.base import Money
from assist.domain.facts import FactDeclaration
from assist.domain.policy import Clause
from assist.policies.audit.compared import Compared, Constant, compared_in
from assist.policies.audit.figures import (
    CENT,
    Amount,
    Figure,
    figures_in,
    money_in,
    spoken_of,
)

_LEAST = 2
"""Figures below this are said in passing: "a second one", "once"."""
_NEIGHBOR = {"<": -1, ">=": -1, "<=": 1, ">": 1}
"""The whole number that says the same: `<= 30` is "before day 31", `< 10` is "up to 9"."""


def unsaid(
    clause: Clause, declarations: Mapping[str, FactDeclaration], counts: Collection[int]
) -> Iterator[tuple[str, str]]:
    """What the condition compares and what the sentence names instead, both in words.

    `counts`: the numbers of days that it counts, which are looked at elsewhere.
    """
    compared = compared_in(clause.when)
    sentence = _without_names(clause.text, compared)
    yield from _amounts(clause, compared, sentence)
    yield from _numbers(clause, compared, sentence, declarations, counts)


def _amounts(
    clause: Clause, compared: Sequence[Compared], sentence: str
) -> Iterator[tuple[str, str]]:
    said = money_in(sentence)
    for currency, amounts in _by_currency(compared).items():
        own = [amount for amount in said if currency in amount.currencies] or list(said)
        if any(_alike(amount.number, asked.amount) for amount in own for asked in amounts):
            continue
        named = [a for a in own if not any(_alike(a.number, m.amount) for m in clause.limit)]
        if named:
            yield ", ".join(map(str, amounts)), ", ".join(map(_amount, named))


def _numbers(
    clause: Clause,
    compared: Sequence[Compared],
    sentence: str,
    declarations: Mapping[str, FactDeclaration],
    counts: Collection[int],
) -> Iterator[tuple[str, str]]:
    said = figures_in(sentence)
    asked: dict[str, Decimal] = {}
    for one in compared:
        if not any(read.reading == "value" for read in one.reads):
            continue
        path = one.reads[0].path
        for number in filter(_telling, one.constants):
            near = _NEIGHBOR.get(one.sign, 0) if declarations[path].type == "integer" else 0
            if any(f.may_mean(abs(number)) or f.may_mean(abs(number + near)) for f in said):
                return
            asked[f"{path} with {number}"] = number
    named = [figure for figure in said if not _explained(figure, clause, counts)]
    if asked and named:
        yield ", ".join(asked), ", ".join(map(_figure, named))


def _telling(constant: Constant) -> TypeGuard[Decimal]:
    """Whether it is a number, and not the 0 or 1 of "none" and "again"."""
    return isinstance(constant, Decimal) and constant not in (-1, 0, 1)


def _explained(figure: Figure, clause: Clause, counts: Collection[int]) -> bool:
    """Whether something else than these numbers accounts for it, or it is said in passing."""
    period = () if clause.period_days is None else (clause.period_days,)
    return (
        figure.unit == "nth"
        or figure.number < _LEAST
        or any(_alike(figure.number, money.amount) for money in clause.limit)
        or any(spoken_of(n, counts, [figure.days]) for n in (*counts, *period))
    )


def _by_currency(compared: Sequence[Compared]) -> dict[str, list[Money]]:
    found: dict[str, list[Money]] = {}
    for money in (c for one in compared for c in one.constants if isinstance(c, Money)):
        found.setdefault(money.currency, []).append(money)
    return found


def _without_names(sentence: str, compared: Sequence[Compared]) -> str:
    """Without the names that the condition asks for: the 2 of "Plug 2" counts nothing."""
    for name in (c for one in compared for c in one.constants if isinstance(c, str) and c):
        sentence = sentence.replace(name, " ")
    return sentence


def _alike(one: Decimal, other: Decimal) -> bool:
    # "10.00 or more is not" and "up to 9.99 is" are one rule.
    return abs(one - other) <= CENT


def _amount(amount: Amount) -> str:
    return f"{amount.number} {amount.currencies[0]}"


def _figure(figure: Figure) -> str:
    unit = "%" if figure.unit == "percent" else f"{figure.unit}s" if figure.unit else ""
    return f"{figure.number} {unit}".strip()
