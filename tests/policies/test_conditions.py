import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.errors import BadKnowledgeBase
from assist.policies.conditions import compile_condition
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
        ("order.items + 1 == 4", True),
        ("order.items * 2 > device.age * 3 + 1", True),
        ("-order.items < 0", True),
        ("order.items in [1, 2.5, 3]", True),
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
    assert truth.value is None
    assert truth.missing == ("order.delivered_at",)


def test_a_computation_that_fails_is_unknown_with_its_reason() -> None:
    truth = compile_condition("10 / (order.items - 3) > 1", FACTS).weigh(KNOWN, TODAY)
    assert truth.value is None
    assert truth.missing == ()
    assert "divide by zero" in truth.problems[0]


def test_a_timestamp_counts_as_its_day() -> None:
    when = {"order.delivered_at": "2026-11-19T23:30:00+00:00"}
    assert evaluate("days_since(order.delivered_at) == 1", **when) is True


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("order.payed", "'order.payed' is not declared"),
        ("order.items <=", "does not compile at character"),
        ("", "does not compile"),
        ("order.items", "neither true nor false"),
        ("order.items == 'three'", "is an integer and 'three' is a text"),
        ("device.state == 'wron'", "can never be 'wron'"),
        ("device.state < 'new'", "has no order"),
        ("order.delivered_at < 'Tuesday'", "'Tuesday' is no date"),
        ("order.total > 100", "is money"),
        ("order.items / 0 > 1", "divides by zero"),
        ("1 / (2 - 2) > 1", "cannot be computed"),
        ("days_since(order.items) > 1", "counts from a date"),
        ("has(order.paid)", "not part of conditions"),
        ("device.serial.matches('(a+)+')", "not part of conditions"),
        ("[1, 2].all(x, x > 0)", "not part of conditions"),
        ("order.items == null", "not part of conditions"),
        ("order.items == 99999999999999999999", "too large"),
        ("!" * 60 + "order.paid", "nested deeper"),
        ("(" * 60 + "order.paid" + ")" * 60, ""),
        ("order.paid || " * 200 + "order.paid", "characters, at most"),
    ],
)
def test_what_is_no_sound_condition_is_refused_when_written(text: str, complaint: str) -> None:
    if not complaint:
        assert compile_condition(text, FACTS).evaluate({"order.paid": True}, TODAY) is True
        return
    with pytest.raises(BadKnowledgeBase) as caught:
        compile_condition(text, FACTS, where="returns.md:7")
    assert complaint in caught.value.problem
    assert caught.value.cure
    assert caught.value.where == "returns.md:7"


LEAVES = st.sampled_from([TRUE, FALSE, UNKNOWN, "device.age > 1.0", "customer.region == 'UK'"])
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({}) || ({})".format, inner, inner),
        st.builds("({}) && ({})".format, inner, inner),
        st.builds("!({})".format, inner),
        st.builds("({}) ? ({}) : ({})".format, inner, inner, inner),
    ),
    max_leaves=6,
)


@given(text=CONDITIONS, paid=st.booleans(), region=st.sampled_from(["UK", "US"]))
def test_what_is_decided_without_a_fact_stays_so_whatever_the_fact_turns_out(
    text: str, region: str, *, paid: bool
) -> None:
    before = evaluate(text)
    after = evaluate(text, **{"order.paid": paid, "customer.region": region})
    assert after is not None
    assert before in (None, after)


@given(CONDITIONS, CONDITIONS)
@settings(max_examples=40)
def test_or_and_and_do_not_depend_on_the_order(one: str, other: str) -> None:
    for sign in ("||", "&&"):
        assert evaluate(f"({one}) {sign} ({other})") is evaluate(f"({other}) {sign} ({one})")


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
