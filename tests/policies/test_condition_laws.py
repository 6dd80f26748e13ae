"""The laws of three values: what is decided stays decided, in whatever order it is written."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assist.policies.condition_tree import Truth
from assist.policies.conditions import compile_condition
from tests.policies.rules import FACTS, TODAY

TRUE, FALSE, UNKNOWN = "order.items == 3", "order.items == 4", "order.paid"
LEAVES = st.sampled_from([
    TRUE, FALSE, UNKNOWN, "device.age > 1.0", "customer.region == 'UK'",
    "order.total > money('10.00', 'GBP')", "6 / (order.items - 2) == 2",
])  # fmt: skip
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


FITTING: dict[str, st.SearchStrategy[Any]] = {
    "order.paid": st.booleans(),
    "customer.region": st.sampled_from(["UK", "US"]),
    "order.items": st.integers(2, 5),
    "device.age": st.sampled_from([0.5, 1.5]),
    "order.total": st.fixed_dictionaries(
        {"amount": st.sampled_from(["5.00", "50.00"]), "currency": st.sampled_from(["GBP", "USD"])}
    ),
}


@given(CONDITIONS, st.fixed_dictionaries(FITTING), st.sets(st.sampled_from(sorted(FITTING))))
def test_what_is_decided_stays_so_when_more_becomes_known(
    text: str, facts: dict[str, Any], known: set[str]
) -> None:
    condition = compile_condition(text, FACTS)
    before = condition.weigh({path: facts[path] for path in known}, TODAY)
    after = condition.weigh(facts, TODAY)
    assert before.value in (None, after.value)
    assert after.missing == ()
    assert known.isdisjoint(before.missing)
    if before.value is not None:
        assert before == Truth(before.value)
    elif after.value is not None:
        assert before.missing


@given(CONDITIONS, st.fixed_dictionaries({}, optional=FITTING), st.text(max_size=3))
def test_a_fact_that_a_condition_does_not_read_changes_nothing(
    text: str, facts: dict[str, Any], serial: str
) -> None:
    condition = compile_condition(text, FACTS)
    more = {**facts, "device.serial": serial, "order.unheard_of": serial}
    assert condition.weigh(more, TODAY) == condition.weigh(facts, TODAY)
    assert condition.explained(more, TODAY) == condition.explained(facts, TODAY)


@given(CONDITIONS, CONDITIONS, st.fixed_dictionaries({}, optional=FITTING))
@settings(max_examples=50)
def test_or_and_and_are_kleenes(one: str, other: str, facts: dict[str, Any]) -> None:
    def value(text: str) -> bool | None:
        return compile_condition(text, FACTS).evaluate(facts, TODAY)

    both = {value(one), value(other)}
    either = True if True in both else None if None in both else False
    every = False if False in both else None if None in both else True
    assert value(f"({one}) || ({other})") is value(f"({other}) || ({one})") is either
    assert value(f"({one}) && ({other})") is value(f"({other}) && ({one})") is every
    assert value(f"!({one})") is (None if value(one) is None else not value(one))
