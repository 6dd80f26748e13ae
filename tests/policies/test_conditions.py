import contextlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assist.errors import BadKnowledgeBase
from assist.policies.condition_terms import business_days_between
from assist.policies.condition_tree import Truth
from assist.policies.conditions import compile_condition
from assist.policies.values import in_words
from tests.policies.rules import FACTS, TODAY

KNOWN: dict[str, Any] = {
    "order.delivered_at": "2026-11-02",
    "order.items": 3,
    "device.age": 1.5,
    "device.state": "worn",
    "device.serial": "FW-77",
}
TRUE, FALSE, UNKNOWN = "order.items == 3", "order.items == 4", "order.paid"


def evaluate(text: str, **facts: Any) -> bool | None:
    return compile_condition(text, FACTS).evaluate({**KNOWN, **facts}, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", True),
        ("days_since(order.delivered_at) == 18", True),
        ("days_since(order.delivered_at) < 18", False),
        ("business_days_since(order.delivered_at) == 14", True),
        ("order.delivered_at < '2026-11-03'", True),
        ("'2026-11-03' < order.delivered_at", False),
        ("order.delivered_at == '20261102'", True),
        ("order.delivered_at in ['2026-11-01', '2026-11-02']", True),
        ("order.items + 1 == 4", True),
        ("order.items * 2 > device.age * 3 + 1", True),
        ("-order.items < 0", True),
        ("order.items in [1, 2.5, 3]", True),
        ("order.items in [1, 2.5, -3]", False),
        ("device.serial in ['FW-7', 'FW-77']", True),
        ("order.paid == true || order.items == 3", True),
        ("device.age in [1, 2]", False),
        ("device.state in ['new', 'worn']", True),
        ("device.state != 'new' && !(order.items == 4)", True),
        ("device.serial.startsWith('FW') && device.serial.contains('-')", True),
        ("order.items == 3 ? device.age < 1 : true", False),
    ],
)
def test_a_condition_over_known_facts_is_true_or_false(text: str, *, expected: bool) -> None:
    assert evaluate(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{UNKNOWN} || {TRUE}", True),
        (f"{TRUE} || {UNKNOWN}", True),
        (f"{UNKNOWN} && {FALSE}", False),
        (f"{FALSE} && {UNKNOWN}", False),
        (f"{UNKNOWN} || {FALSE}", None),
        (f"{UNKNOWN} && {TRUE}", None),
        (f"!({UNKNOWN})", None),
        (f"{UNKNOWN} ? {TRUE} : {TRUE}", True),
        (f"{UNKNOWN} ? {TRUE} : {FALSE}", None),
        (f"({UNKNOWN} || {FALSE}) && ({FALSE} || {UNKNOWN} && {FALSE})", False),
    ],
)
def test_a_missing_fact_leaves_unknown_only_what_it_could_decide(
    text: str, *, expected: bool | None
) -> None:
    assert evaluate(text) is expected


def test_only_the_missing_facts_that_could_decide_are_asked_for() -> None:
    condition = compile_condition(
        "order.paid && (order.items == 3 || device.age > 9)"
        " && (device.state == 'new' || customer.region == 'UK')",
        FACTS,
    )
    facts: dict[str, Any] = {"order.items": 3, "device.state": "worn"}
    assert condition.needs(facts, TODAY) == ("order.paid", "customer.region")
    assert condition.needs({**facts, "order.paid": False}, TODAY) == ()


@pytest.mark.parametrize("value", [None, "", "soon", 5, ["2026-11-02"], "2026-13-01"])
def test_a_value_of_the_wrong_type_is_no_value(value: Any) -> None:
    condition = compile_condition("days_since(order.delivered_at) <= 30", FACTS)
    truth = condition.weigh({"order.delivered_at": value}, TODAY)
    assert (truth.value, truth.missing) == (None, ("order.delivered_at",))
    assert truth.problems == (
        () if value is None else (f"order.delivered_at cannot be {in_words(value)}",)
    )


def test_a_computation_that_fails_is_unknown_with_its_reason() -> None:
    truth = compile_condition("10 / (order.items - 3) > 1", FACTS).weigh(KNOWN, TODAY)
    assert truth == Truth(None, (), ("10 / (order.items - 3) > 1 divides by zero",))


@pytest.mark.parametrize(
    ("text", "items", "problem"),
    [
        ("order.items % (order.items - 3) == 0", 3, "divides by zero"),
        ("order.items + 1 > 0", 2**63 - 1, "is too large to compute"),
        ("order.items * 2 > 0", 2**62, "is too large to compute"),
        ("-2 - order.items < 0", 2**63 - 1, "is too large to compute"),
        ("1.5 / order.items > 1.0", 0, "divides by zero"),
        ("1.0 / (1.0 / order.items) > 1.0", 0, "divides by zero"),
        ("device.age * 1e308 > 1.0", 3, "is too large to compute"),
        ("device.age in [2.0, 1.5 / order.items]", 0, "divides by zero"),
        ("1.5 / order.items in [2.0, device.age]", 0, "divides by zero"),
    ],
)
def test_division_by_zero_and_overflow_are_unknown_in_words(
    text: str, items: int, problem: str
) -> None:
    facts = {"order.items": items, "device.age": 15.0}
    truth = compile_condition(text, FACTS).weigh(facts, TODAY)
    assert truth == Truth(None, (), (f"{text} {problem}",))


@pytest.mark.parametrize(
    ("text", "items", "expected"),
    [
        ("order.items / 2 == -3", -7, True),
        ("order.items % 2 == -1", -7, True),
        ("order.items - 1 == 9223372036854775806", 2**63 - 1, True),
        ("-5 + order.items == -8", -3, True),
        ("order.items > -9223372036854775807", -(2**63) + 2, True),
        ("--3 == order.items", 3, True),
        ("-(order.items + 1) == -4", 3, True),
        ("order.items == 0x10", 16, True),
        ("order.items == -0x10", -16, True),
        ("1.5 / order.items > 1.0", 1, True),
    ],
)
def test_whole_numbers_divide_towards_zero_and_reach_64_bits(
    text: str, items: int, *, expected: bool
) -> None:
    assert evaluate(text, **{"order.items": items}) is expected


def test_a_timestamp_counts_as_its_day() -> None:
    when = {"order.delivered_at": "2026-11-19T23:30:00+00:00"}
    assert evaluate("days_since(order.delivered_at) == 1", **when) is True


def test_all_facts_that_are_missing_from_a_comparison_are_named_once() -> None:
    text = "order.items * order.items > device.age"
    condition = compile_condition(text, FACTS)
    assert condition.text == text
    assert condition.weigh({"order.items": "three"}, TODAY) == Truth(
        None, ("order.items", "device.age"), ("order.items cannot be three",)
    )


def test_negation_of_a_fact_is_arithmetic() -> None:
    assert evaluate("-order.items == -3") is True
    assert evaluate("-(order.items) + 1 == -2") is True
    assert evaluate("-device.age < -1.0") is True
    assert evaluate("- 3 + order.items == 0") is True


def test_brackets_alone_are_no_depth() -> None:
    assert evaluate("(" * 60 + "order.items == 3" + ")" * 60) is True


def test_the_longest_list_and_the_most_comparisons_are_read() -> None:
    assert evaluate("order.items in [" + "1, " * 99 + "3]") is True
    assert evaluate("order.items==4||" * 99 + "order.items==3") is True


def test_a_long_text_that_does_not_compile_is_quoted_in_part() -> None:
    with pytest.raises(BadKnowledgeBase) as caught:
        compile_condition("(" * 300, FACTS)
    assert caught.value.problem.startswith(f"'{'(' * 80}…' does not compile")


def test_text_is_compared_as_it_is_written() -> None:
    assert evaluate("device.serial == 'caf\\u00e9'", **{"device.serial": "caf\u00e9"}) is True
    assert evaluate("device.serial == 'caf\\u00e9'", **{"device.serial": "cafe\u0301"}) is False
    assert evaluate("device.serial == 'a\\nb'", **{"device.serial": "a\nb"}) is True
    assert evaluate("device.serial == r'a\\nb'", **{"device.serial": "a\\nb"}) is True
    assert evaluate('device.serial == "it\'s"', **{"device.serial": "it's"}) is True


def test_half_a_character_is_no_text() -> None:
    truth = compile_condition("device.serial == 'a'", FACTS).weigh(
        {"device.serial": "a\ud800"}, TODAY
    )
    assert (truth.value, truth.missing) == (None, ("device.serial",))


def test_day_counts_are_shown_where_they_are_known() -> None:
    text = "days_since(order.delivered_at) <= 30 && business_days_since(order.delivered_at) <= 30"
    condition = compile_condition(text + " && order.items == 3", FACTS)
    assert condition.shown(KNOWN, TODAY) == (
        "order.delivered_at is 2026-11-02: 18 days before 2026-11-20",
        "order.delivered_at is 2026-11-02: 14 business days before 2026-11-20",
    )
    assert condition.shown({"order.items": 3}, TODAY) == ()
    assert condition.needs({"order.items": 3}, TODAY) == ("order.delivered_at",)
    assert condition.needs({"order.delivered_at": "2026-11-02"}, TODAY) == ("order.items",)


@given(st.dates(), st.integers(-30, 30))
def test_business_days_are_the_weekdays_after_the_date_up_to_the_day(start: date, n: int) -> None:
    assume(date(1, 3, 1) < start < date(9999, 11, 1))
    end = start + timedelta(days=n)
    first, last = sorted((start, end))
    days = [first + timedelta(days=k) for k in range(1, abs(n) + 1)]
    weekdays = sum(day.weekday() < 5 for day in days if day <= last)
    assert business_days_between(start, end) == (weekdays if n > 0 else -weekdays)


def test_one_condition_is_judged_in_many_threads_at_once() -> None:
    condition = compile_condition("order.items * 2 == 6 && device.age < 2.0", FACTS)
    with ThreadPoolExecutor(8) as threads:
        truths = list(threads.map(lambda _: condition.evaluate(KNOWN, TODAY), range(200)))
    assert truths == [True] * 200


@given(st.text(max_size=60))
def test_any_text_compiles_or_is_refused(text: str) -> None:
    with contextlib.suppress(BadKnowledgeBase):
        assert compile_condition(text, FACTS).evaluate({}, TODAY) in (True, False, None)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.lists(st.integers()),
)


@given(st.dictionaries(st.sampled_from([fact.path for fact in FACTS]), VALUES))
def test_any_values_of_facts_are_judged(facts: dict[str, Any]) -> None:
    text = (
        "days_since(order.delivered_at) * order.items > 3 || device.age / device.age > 1.0"
        " || device.serial == device.state || order.items % order.items == 0"
    )
    assert compile_condition(text, FACTS).evaluate(facts, TODAY) in (True, False, None)
