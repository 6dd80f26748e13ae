"""The search agrees with trying everything, wherever it says that it is certain."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import product
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from assist.domain.facts import FactDeclaration
from assist.policies.audit.ruling import Alone
from assist.policies.audit.worlds import Sought, World, world
from assist.policies.conditions import compile_condition

ON = date(2026, 11, 20)
DAYS = tuple(ON + timedelta(n) for n in range(7))
DECLARED = (
    FactDeclaration(path="a", type="boolean"),
    FactDeclaration(path="i", type="integer"),
    FactDeclaration(path="j", type="integer"),
    FactDeclaration(path="x", type="number"),
    FactDeclaration(path="c", type="choice", choices=("red", "green")),
    FactDeclaration(path="t", type="text"),
    FactDeclaration(path="d", type="date"),
    FactDeclaration(path="e", type="date"),
    FactDeclaration(path="m", type="money"),
)
BY_PATH = {fact.path: fact for fact in DECLARED}
EVERYTHING: Mapping[str, tuple[JsonValue, ...]] = {
    "a": (True, False),
    "i": tuple(range(-2, 7)),
    "j": tuple(range(-2, 7)),
    "c": ("red", "green"),
    "d": tuple((ON - timedelta(n)).isoformat() for n in range(-3, 9)),
}
"""Values beside which no other can make a difference to the conditions below."""

_sign = st.sampled_from(["<", "<=", "==", "!=", ">=", ">"])
_number = st.integers(0, 4)
LEAVES = st.one_of(
    st.just("a"),
    st.builds("c == '{}'".format, st.sampled_from(["red", "green"])),
    st.builds("i {} {}".format, _sign, _number),
    st.builds("{} {} j".format, _number, _sign),
    st.builds("i {} j".format, _sign),
    st.builds("i in [{}, {}]".format, _number, _number),
    st.builds("days_since(d) {} {}".format, _sign, _number),
    st.builds("business_days_since(d) {} {}".format, _sign, _number),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.builds("({} && {})".format, parts, parts),
        st.builds("({} || {})".format, parts, parts),
        st.builds("!({})".format, parts),
    ),
    max_leaves=5,
)


class Question(NamedTuple):
    holding: tuple[str, ...]
    failing: tuple[str, ...] = ()


def sought(question: Question) -> Sought:
    def alone(texts: tuple[str, ...]) -> tuple[Alone, ...]:
        return tuple(Alone(compile_condition(text, DECLARED)) for text in texts)

    return Sought(alone(question.holding), alone(question.failing))


def asked(*holding: str, failing: tuple[str, ...] = ()) -> World:
    return world(sought(Question(holding, failing)), BY_PATH, ON)


def answers(aims: Sought, facts: Mapping[str, JsonValue], on: date) -> bool:
    return all(rule.weigh(facts, on).value is True for rule in aims.holding) and all(
        rule.weigh(facts, on).value is False for rule in aims.failing
    )


def tried(question: Question) -> bool:
    """Whether any of all combinations answers the question, on any day that may matter."""
    aims, text = sought(question), " ".join((*question.holding, *question.failing))
    read = [path for path in EVERYTHING if re.search(rf"\b{path}\b", text)]
    days = DAYS if "business" in text else DAYS[:1]
    combinations = product(*(EVERYTHING[path] for path in read))
    return any(
        answers(aims, dict(zip(read, values, strict=True)), day)
        for values in combinations
        for day in days
    )


@settings(max_examples=40, deadline=None)
@given(st.tuples(CONDITIONS), st.lists(CONDITIONS, max_size=1).map(tuple))
def test_the_search_finds_a_world_exactly_where_trying_everything_does(
    holding: tuple[str, ...], failing: tuple[str, ...]
) -> None:
    question = Question(holding, failing)
    found = world(sought(question), BY_PATH, ON)
    if found.facts is None:
        assert found.certain
        assert not tried(question)
    else:
        assert any(answers(sought(question), found.facts, day) for day in DAYS)


@pytest.mark.parametrize(
    "texts",
    [
        ("a", "!a"),
        ("i > 3", "i < 4"),
        ("i >= 3", "i <= 3", "i != 3"),
        ("i < j", "j < i"),
        ("i < j", "j < 3", "i > 1"),
        ("x > 1.5", "x < 1.5"),
        ("c != 'red'", "c != 'green'"),
        ("t == 'one'", "t == 'two'"),
        ("t in ['one', 'two']", "t != 'one'", "t != 'two'"),
        ("days_since(d) > 30", "days_since(d) <= 30"),
        ("days_since(d) == 5", "business_days_since(d) == 6"),
        ("d < '2026-01-01'", "d > '2025-12-30'", "d != '2025-12-31'"),
        ("d < e", "e < d"),
        ("m > money('50.00', 'GBP')", "m <= money('50.00', 'GBP')"),
        ("m > money('50.00', 'GBP')", "m < money('50.01', 'GBP')"),
        ("i + 1 > 5", "a && !a"),
        ("t.startsWith('A')", "i > 3 && i < 4"),
        ("false",),
    ],
)
def test_what_cannot_hold_together_is_proven_so(texts: tuple[str, ...]) -> None:
    assert asked(*texts) == World(None, certain=True)


@pytest.mark.parametrize(
    "texts",
    [
        ("a",),
        ("i > 3", "i < 5"),
        ("i > 3", "j > i", "j < 6"),
        ("i != j",),
        ("x > 1.5", "x < 1.6"),
        ("-2 < i", "i < 0"),
        ("i > 0x10",),
        ("t != 'one'", "t != 'two'"),
        ("t.startsWith('AB')", "t.contains('99')"),
        ("days_since(d) == 5", "business_days_since(d) == 3"),
        ("days_since(d) == 3", "business_days_since(d) == 1"),
        ("business_days_since(d) < 0",),
        ("d > '2025-12-30'", "d < '2026-01-01'"),
        ("days_since(d) - days_since(e) <= 3", "days_since(d) > 4"),
        ("m > money('50.00', 'GBP')", "m < money('50.02', 'GBP')"),
        ("m == money('3', 'JPY')",),
        ('t == "it\'s \\"so\\""',),
        ("a ? i > 3 : i < 2", "i < 1"),
    ],
)
def test_what_can_hold_together_is_shown_by_facts(texts: tuple[str, ...]) -> None:
    found = asked(*texts)
    assert found.facts is not None
    assert any(answers(sought(Question(texts)), found.facts, day) for day in DAYS)


def test_what_must_fail_is_made_to_fail() -> None:
    found = asked("i > 3", failing=("i > 4", "a"))
    assert found.facts == {"i": 4, "a": False}
    assert asked("i > 3", failing=("i > 2",)) == World(None, certain=True)


@pytest.mark.parametrize(
    "texts",
    [
        ("i * j == 77", "i > 1", "j > 1"),
        ("t.contains('a')", "t.contains('b')", "t.contains('c')", "t.endsWith('d')"),
        ("d < '2026-11-01'", "days_since(d) < 3"),
        ("1 / i > 0", "i == 0"),
    ],
)
def test_what_a_few_values_cannot_settle_is_not_called_impossible(texts: tuple[str, ...]) -> None:
    assert asked(*texts) == World(None, certain=False)


def test_a_search_that_takes_too_long_says_so() -> None:
    places = tuple(FactDeclaration(path=f"n{k}", type="integer") for k in range(8))
    apart = [f"n{k} != n{m}" for k in range(8) for m in range(k)]
    within = [f"n{k} > 0 && n{k} < 8" for k in range(8)]
    condition = compile_condition(" && ".join([*apart, *within]), places)
    eight_in_seven = Sought((Alone(condition),))
    declared = {fact.path: fact for fact in places}
    assert world(eight_in_seven, declared, ON) == World(None, certain=False)
