"""What a condition compares, as its text says it; and the values that stand for all."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assist.domain.facts import FactDeclaration
from assist.policies.audit.compared import (
    Compared,
    Read,
    compared_in,
    loose_facts,
    mixed_counts,
)
from assist.policies.audit.representatives import representatives
from tests.policies.rules import money

ON = date(2026, 11, 20)
D, E = Read("d", "days_since"), Read("e", "days_since")


def numbers(*values: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


@pytest.mark.parametrize(
    ("text", "reads", "constants"),
    [
        ("a", ["a"], ()),
        ("order.paid", ["order.paid"], ()),
        ("t . u == 'it\\'s'", ["t.u"], ("it's",)),
        ("i > -3", ["i"], numbers("-3")),
        ("-3 < i", ["i"], numbers("-3")),
        ("(-3) < i", ["i"], numbers("-3")),
        ("i > 0x10", ["i"], numbers("16")),
        ("i > 0XfF", ["i"], numbers("255")),
        ("i > .5", ["i"], numbers("0.5")),
        ("i > 1e3", ["i"], numbers("1000")),
        ("i > 2.5E-1", ["i"], numbers("0.25")),
        ("i in [1, 1, -2]", ["i"], numbers("1", "-2")),
        ("i == j", ["i", "j"], ()),
        ("i == i", ["i"], ()),
        ("t == 'a&&b'", ["t"], ("a&&b",)),
        ('t == "a || b"', ["t"], ("a || b",)),
        ("t == r'a\\d'", ["t"], ("a\\d",)),
        ("t == '''x\ny'''", ["t"], ("x\ny",)),
        ("m > money('5.00', 'GBP')", ["m"], (money("5.00"),)),
        ("m in [money('1', 'USD'), money('2', 'GBP')]", ["m"], (money(1, "USD"), money(2))),
        ("days_since(d) > 3", [D], numbers("3")),
        ("business_days_since(d) <= 3", [Read("d", "business_days_since")], numbers("3")),
        ("days_since(d) > i", [D, "i"], ()),
        ("true", [], ()),
    ],
)
def test_a_comparison_is_read_with_its_facts_and_constants(
    text: str, reads: list[Read | str], constants: tuple[Any, ...]
) -> None:
    named = tuple(read if isinstance(read, Read) else Read(read) for read in reads)
    assert compared_in(text) == (Compared(named, constants),)


@pytest.mark.parametrize(
    ("text", "reads", "constants"),
    [
        ("2 - 3 < i", [Read("i")], numbers("2", "3")),
        ("i * 2 > 3", [Read("i")], numbers("2", "3")),
        ("i % 2 == 0", [Read("i")], numbers("2", "0")),
        ("size(t) > 3", [Read("t")], numbers("3")),
        ("t.startsWith('A')", [Read("t")], ("A",)),
        ("a.b.contains('x')", [Read("a.b")], ("x",)),
        ("days_since(d) - days_since(e) <= 3", [D, E], numbers("3")),
        ("size(t) > days_since(d)", [Read("t"), D], ()),
    ],
)
def test_what_is_computed_or_looked_into_is_not_compared_exactly(
    text: str, reads: list[Read], constants: tuple[Any, ...]
) -> None:
    assert compared_in(text) == (Compared(tuple(reads), constants, exact=False),)


@pytest.mark.parametrize(
    "text", ["a && i > 3", "a || i > 3", "(a) || (i > 3)", "a ? i > 3 : a", "!a && i > 3"]
)
def test_the_parts_of_a_condition_are_read_apart(text: str) -> None:
    found = [one for one in compared_in(text) if one.reads]
    assert found[:2] == [Compared((Read("a"),), ()), Compared((Read("i"),), numbers("3"))]


def test_a_date_counted_in_both_kinds_of_days_is_noticed() -> None:
    def mixed(text: str) -> bool:
        return mixed_counts(compared_in(text))

    assert mixed("days_since(d) > 3 && business_days_since(d) > 3")
    assert not mixed("days_since(d) > 3 && business_days_since(e) > 3")
    assert not mixed("days_since(d) > 3 && d > '2026-01-01'")


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("i > 3 && days_since(d) > 3 && e > '2026-01-01'", set()),
        ("i + j > 3 && a", {"i", "j"}),
        ("t.contains('a') && t == 'b'", {"t"}),
        ("days_since(d) > 3 && d > '2026-01-01'", {"d"}),
        ("days_since(d) > 3 && d > 'soon'", set()),
        ("days_since(d) > days_since(e) && f > '2026-01-01'", {"d", "e"}),
        ("days_since(d) > days_since(e) && f > 3", set()),
        ("e == f && f > '2026-01-01'", set()),
    ],
)
def test_facts_for_which_no_few_values_stand_are_named(text: str, loose: set[str]) -> None:
    assert loose_facts(compared_in(text)) == loose


KINDS: dict[str, Any] = {
    "a": "boolean", "i": "integer", "j": "integer", "x": "number", "y": "number", "t": "text",
    "u": "text", "o": "choice", "d": "date", "e": "date", "m": "money", "n": "money",
}  # fmt: skip
DECLARED = {path: FactDeclaration(path=path, type=kind) for path, kind in KINDS.items()} | {
    "c": FactDeclaration(path="c", type="choice", choices=("red", "green"))
}


def values(*texts: str) -> dict[str, tuple[Any, ...]]:
    comparisons = [one for text in texts for one in compared_in(text)]
    return representatives(comparisons, DECLARED, ON)


def amounts(currency: str, *given: str) -> tuple[dict[str, str], ...]:
    return tuple({"amount": amount, "currency": currency} for amount in given)


@pytest.mark.parametrize(
    ("text", "path", "found"),
    [
        ("a", "a", (True, False)),
        ("c == 'blue'", "c", ("red", "green")),
        ("o == 'blue'", "o", ("blue", "something else 1")),
        ("i > 3", "i", (2, 3, 4)),
        ("i == 2.5", "i", (1, 2, 3)),
        ("i", "i", (-1, 0, 1)),
        ("i > j || j > 10", "i", (8, 9, 10, 11, 12)),
        ("x > 1.5", "x", ("-0.5", "0.5", "1.5", "2.5", "3.5")),
        ("x > 1 && x < 2", "x", ("-1", "0", "1", "1.5", "2", "3", "4")),
        ("x", "x", ("-2", "-1", "0", "1", "2")),
        ("t == 'a' || t == 'b'", "t", ("a", "b", "something else 1", "ab", "ba")),
        ("t != u", "t", ("something else 1", "something else 2")),
        ("d < '2026-01-01'", "d", ("2025-12-31", "2026-01-01", "2026-01-02")),
        ("d == 'soon'", "d", ("2026-11-19", "2026-11-20", "2026-11-21")),
        ("d < e && d > '2026-01-01'", "e",
         ("2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02", "2026-01-03")),
        ("days_since(d) > 3", "d", ("2026-11-18", "2026-11-17", "2026-11-16")),
        ("business_days_since(d) > 3", "d", ("2026-11-18", "2026-11-17", "2026-11-16")),
        ("business_days_since(d) == 0", "d",
         ("2026-11-23", "2026-11-20", "2026-11-22", "2026-11-19")),
        ("m > money('5.00', 'GBP')", "m", amounts("GBP", "4.99", "5.00", "5.01")),
        ("m > money('5', 'JPY')", "m", amounts("JPY", "4", "5", "6")),
        ("m < n", "n", amounts("USD", "-0.02", "-0.01", "0.00", "0.01", "0.02")),
    ],
)  # fmt: skip
def test_a_few_values_around_each_constant_stand_for_all(
    text: str, path: str, found: tuple[Any, ...]
) -> None:
    assert values(text)[path] == found


def test_numbers_that_are_compared_have_as_many_between_two_constants_as_there_are() -> None:
    found = [Decimal(value) for value in values("x > y", "y < 3")["x"]]
    assert [round(value, 2) for value in found] == list(
        numbers("1", "1.67", "2.33", "3", "3.67", "4.33", "5")
    )


def test_facts_that_are_compared_share_their_constants_and_others_do_not() -> None:
    found = values("i > j", "j > 10", "x > 1", "a")
    assert found["i"] == found["j"] == (8, 9, 10, 11, 12)
    assert found["x"] == ("-1", "0", "1", "2", "3")
    assert list(found) == ["i", "j", "x", "a"]
    assert values("i > 3", "true", "i < 7")["i"] == (2, 3, 4, 6, 7, 8)


def test_a_date_that_is_read_in_two_ways_has_the_values_of_both() -> None:
    assert values("days_since(d) > 3 && d > '2026-11-10'")["d"] == (
        "2026-11-18", "2026-11-17", "2026-11-16", "2026-11-09", "2026-11-10", "2026-11-11",
    )  # fmt: skip


def test_amounts_of_two_currencies_are_told_apart() -> None:
    found = values("m > money('5', 'USD') || m > money('5', 'GBP')")["m"]
    assert {amount["currency"] for amount in found} == {"USD", "GBP"}
