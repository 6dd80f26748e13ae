"""The index finds what a plain walk over all policies finds, and touches little else."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from assist.domain.policy import Policy, PolicySet
from assist.errors import BadKnowledgeBase
from assist.policies.clauses import PRECEDENCE, Scope, Standing, requirements, standing
from assist.policies.condition_tree import Facts, Truth
from assist.policies.conditions import compile_condition
from assist.policies.index import index_of
from tests.policies.rules import TODAY, a_clause, a_policy, rules

KINDS = ("refund", "credit", "repair")
START = date(2026, 1, 1)
DAYS = st.integers(0, 6).map(lambda n: START + timedelta(days=n))
CONDITIONS = (
    "true", "order.paid", "order.items > 2", "order.paid || order.items == 1",
    "6 / (order.items - 2) == 2", "days_since(order.delivered_at) <= 2",
)  # fmt: skip


@st.composite
def clauses(draw: st.DrawFn, policy_id: str) -> Any:
    name = draw(st.sampled_from("abc"))
    return a_clause(
        f"{policy_id}.{name}",
        type=draw(st.sampled_from(PRECEDENCE)),
        actions=tuple(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3))),
        when=draw(st.sampled_from(CONDITIONS)),
    )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    policy_id = draw(st.sampled_from(["p1", "p2", "p3"]))
    superseded = st.sampled_from([None, "p1", "p1 1", "p2 2", "p3 1"])
    return a_policy(
        *draw(st.lists(clauses(policy_id), max_size=4)),
        id=policy_id,
        version=draw(st.sampled_from(["1", "2"])),
        effective=draw(DAYS),
        expires=draw(st.none() | DAYS),
        regions=draw(st.sampled_from([(), ("UK",), ("UK", "US")])),
        products=draw(st.sampled_from([(), ("Hub",)])),
        tiers=draw(st.sampled_from([(), ("gold",)])),
        supersedes=draw(superseded),
    )


SETS = st.lists(policies(), max_size=7).map(lambda found: rules(*found))
SCOPES = st.builds(
    Scope,
    region=st.sampled_from([None, "UK", "US", "EU"]),
    product=st.sampled_from([None, "Hub", "Plug"]),
    tier=st.sampled_from([None, "gold"]),
)
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "order.paid": st.booleans(),
        "order.items": st.integers(1, 3),
        "order.delivered_at": DAYS.map(date.isoformat),
        "customer.region": st.sampled_from(["UK", "EU"]),
        "product": st.sampled_from(["Hub", "Plug"]),
    },
)
ACTIONS = st.none() | st.sets(st.sampled_from([*KINDS, "unheard_of"]))


@given(SETS, FACTS, st.integers(-1, 8), SCOPES, ACTIONS)
def test_the_index_finds_what_a_walk_over_everything_finds_in_the_same_order(
    policy_set: PolicySet, facts: Facts, day: int, scope: Scope, actions: set[str] | None
) -> None:
    on = START + timedelta(days=day)
    expected = walked(policy_set, facts, on, scope, actions)
    assert standing(policy_set, facts, on, scope, actions) == expected
    event("found some" if expected else "found none")
    again = standing(policy_set, facts, on, scope, actions)
    assert again == expected


def walked(
    policy_set: PolicySet, facts: Facts, on: date, scope: Scope, actions: Collection[str] | None
) -> list[Standing]:
    """Every clause of every policy, one after the other: what is meant, and slow."""
    found = [
        Standing(policy, clause, both(fits, weighed(policy_set, clause.when, facts, on)))
        for policy in live(policy_set, on)
        if (fits := fitting(policy, facts, scope)).value is not False
        for clause in policy.clauses
        if actions is None or set(actions) & set(clause.actions)
    ]
    return sorted(found, key=lambda s: (precedence(s), s.clause.id))


def precedence(item: Standing) -> tuple[int, int, int]:
    policy = item.policy
    narrow = sum([bool(policy.regions), bool(policy.products), bool(policy.tiers)])
    return PRECEDENCE.index(item.clause.type), -narrow, -policy.effective.toordinal()


def live(policy_set: PolicySet, on: date) -> Iterator[Policy]:
    held = [
        p for p in policy_set.policies if p.effective <= on and not (p.expires or date.max) <= on
    ]
    gone = [p.supersedes for p in held if p.supersedes]
    return (p for p in held if p.id not in gone and f"{p.id} {p.version}" not in gone)


def weighed(policy_set: PolicySet, when: str, facts: Facts, on: date) -> Truth:
    return compile_condition(when, policy_set.facts).weigh(facts, on)


def fitting(policy: Policy, facts: Facts, scope: Scope) -> Truth:
    missing = []
    for path, known, allowed in (
        ("customer.region", scope.region, policy.regions),
        ("product", scope.product, policy.products),
        ("tier", scope.tier, policy.tiers),
    ):
        value = known or facts.get(path)
        if allowed and value is None:
            missing.append(path)
        elif allowed and value not in allowed:
            return Truth(False)
    return Truth(None, tuple(missing)) if missing else Truth(True)


def both(one: Truth, other: Truth) -> Truth:
    if one.value is False or other.value is False:
        return Truth(False)
    if one.value is None or other.value is None:
        return Truth(None, one.missing + other.missing, one.problems + other.problems)
    return Truth(True)


def ids(policy_set: PolicySet, on: date = TODAY, actions: Any = None, **scope: Any) -> list[str]:
    return [s.clause.id for s in standing(policy_set, {}, on, Scope(**scope), actions)]


def test_a_policy_that_supersedes_another_removes_it_only_while_it_is_in_force_itself() -> None:
    old = a_policy(a_clause("old.a"), id="old", version="2")
    new = a_policy(
        a_clause("new.a"),
        supersedes="old 2",
        effective=date(2026, 9, 1),
        expires=date(2026, 10, 1),
    )
    found = rules(old, new)
    days = [date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 1)]
    assert [ids(found, day) for day in days] == [["old.a"], ["new.a"], ["new.a"], ["old.a"]]
    assert [ids(found, day) for day in reversed(days)] == [
        ["old.a"], ["new.a"], ["new.a"], ["old.a"],
    ]  # fmt: skip


def test_another_version_than_the_superseded_one_stays() -> None:
    old = a_policy(a_clause("old.a"), id="old", version="1")
    new = a_policy(a_clause("new.a"), supersedes="old 2")
    assert ids(rules(old, new)) == ["new.a", "old.a"]
    assert ids(rules(old, a_policy(a_clause("new.a"), supersedes="old"))) == ["new.a"]


def test_a_clause_of_several_actions_is_found_once_by_each_of_them() -> None:
    found = rules(
        a_policy(
            a_clause("p.a", actions=("refund", "credit")), a_clause("p.b", actions=("credit",))
        )
    )
    assert ids(found, actions={"refund"}) == ["p.a"]
    assert ids(found, actions=("credit", "refund", "credit")) == ["p.a", "p.b"]
    assert ids(found, actions=()) == []
    assert ids(found, actions={"unheard_of"}) == []
    assert ids(found) == ["p.a", "p.b"]


def test_clauses_of_other_actions_days_and_scopes_are_not_touched() -> None:
    broken: dict[str, Any] = {"when": "no such thing"}
    found = rules(
        a_policy(a_clause("kind.a", actions=("credit",), **broken)),
        a_policy(a_clause("late.a", **broken), effective=TODAY + timedelta(days=1)),
        a_policy(a_clause("gone.a", **broken), expires=TODAY),
        a_policy(a_clause("us.a", **broken), regions=("US",)),
        a_policy(a_clause("good.a")),
    )
    assert ids(found, actions={"refund"}, region="UK") == ["good.a"]
    with pytest.raises(BadKnowledgeBase, match="does not compile") as caught:
        ids(found, actions={"credit"})
    assert caught.value.where == "kind.a"


def test_the_index_is_made_once_for_a_set_and_anew_for_a_changed_one() -> None:
    first = rules(a_policy(a_clause("p.a")))
    assert index_of(first) is index_of(first)
    changed = first.model_copy(update={"policies": (a_policy(a_clause("p.b")),)})
    assert ids(first) == ["p.a"]
    assert ids(changed) == ["p.b"]
    assert index_of(first.model_copy()) is not index_of(first)


def test_a_set_without_policies_has_no_clauses() -> None:
    assert ids(rules()) == []
    assert ids(rules(), actions={"refund"}) == []


def test_equal_clauses_stand_by_their_ids() -> None:
    found = rules(a_policy(a_clause("p.b"), a_clause("p.a")), a_policy(a_clause("o.z")))
    assert ids(found) == ["o.z", "p.a", "p.b"]


def test_the_fact_of_a_scope_is_the_first_whose_last_name_it_has() -> None:
    facts = ("tier.of", "order.customer.tier", "customer.tier")
    found = rules(a_policy(a_clause("p.a")), facts=[{"path": p, "type": "text"} for p in facts])
    assert index_of(found).scope_facts == {
        "region": "region",
        "product": "product",
        "tier": "order.customer.tier",
    }


def test_an_unknown_scope_and_an_uncomputable_condition_are_both_told() -> None:
    found = rules(a_policy(a_clause("p.a", when="6 / order.items == 2"), regions=("UK",)))
    (item,) = standing(found, {"order.items": 0}, TODAY, Scope())
    assert item.truth == Truth(
        None, ("customer.region",), ("6 / order.items == 2 divides by zero",)
    )
    (item,) = standing(found, {}, TODAY, Scope())
    assert item.truth == Truth(None, ("customer.region", "order.items"))


def test_requirements_are_those_of_the_case() -> None:
    found = rules(
        a_policy(
            a_clause("p.a", when="order.paid"),
            a_clause("p.b", actions=("credit",)),
            regions=("UK",),
            products=("Hub",),
            tiers=("gold",),
        )
    )
    case: dict[str, Any] = {"region": "UK", "product": "Hub", "tier": "gold"}

    def ids_of(facts: Facts, **changed: Any) -> list[str]:
        given = {"facts": facts, "on": TODAY, "actions": {"refund"}, **case, **changed}
        return [item.clause_id for item in requirements(found, **given)]

    assert ids_of({"order.paid": True}) == ["p.a"]
    assert ids_of({"order.paid": False}) == []
    assert ids_of({}, actions=None) == ["p.a", "p.b"]
    for name in case:
        assert ids_of({}, **{name: "other"}) == []
    assert requirements(found, facts={}, on=date(2025, 12, 31), **case) == ()
