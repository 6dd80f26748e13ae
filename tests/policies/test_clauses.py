from datetime import date
from typing import Any

from assist.policies.clauses import in_force, requirements
from tests.policies.rules import TODAY, a_clause, a_policy, rules


def ids(*policies: Any, **case: Any) -> list[str]:
    given = {"facts": {}, "on": TODAY, **case}
    return [clause.id for _, clause in in_force(rules(*policies), **given)]


def test_a_clause_is_in_force_from_its_first_day_until_the_day_it_expires() -> None:
    policy = a_policy(a_clause(), effective=date(2026, 1, 1), expires=date(2026, 2, 1))
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]
    assert [bool(ids(policy, on=day)) for day in days] == [False, True, True, False]


def test_region_product_and_tier_must_all_match() -> None:
    policy = a_policy(a_clause(), regions=("UK",), products=("Hub",), tiers=("gold",))
    fitting = {"region": "UK", "product": "Hub", "tier": "gold"}
    assert ids(policy, **fitting) == ["returns.window"]
    for name in fitting:
        assert ids(policy, **{**fitting, name: "other"}) == []


def test_an_unknown_region_may_match_and_is_taken_from_the_facts_where_they_tell_it() -> None:
    policy = a_policy(a_clause(), regions=("UK",))
    assert ids(policy) == ["returns.window"]
    assert ids(policy, facts={"customer.region": "US"}) == []


def test_a_clause_whose_condition_is_false_is_not_in_force_and_one_unknown_may_be() -> None:
    policy = a_policy(a_clause(when="order.paid"))
    assert ids(policy, facts={"order.paid": False}) == []
    assert ids(policy, facts={}) == ["returns.window"]


def test_a_superseded_policy_yields_to_the_one_that_supersedes_it() -> None:
    old = a_policy(a_clause("old.window"), id="old", version="2")
    new = a_policy(a_clause("new.window"), supersedes="old 2", effective=date(2026, 9, 1))
    assert ids(old, new) == ["new.window"]
    assert ids(old, new, on=date(2026, 8, 31)) == ["old.window"]


def test_precedence_is_type_then_narrower_scope_then_later_date() -> None:
    kinds = ("standard", "discretionary", "exception", "mandatory")
    wide = a_policy(*(a_clause(f"wide.{kind}", type=kind) for kind in kinds))
    narrow = a_policy(a_clause("narrow.one"), regions=("UK",))
    late = a_policy(a_clause("late.one"), effective=date(2026, 6, 1))
    assert ids(wide, narrow, late, region="UK") == [
        "wide.mandatory", "wide.exception", "wide.discretionary",
        "narrow.one", "late.one", "wide.standard",
    ]  # fmt: skip


def test_only_clauses_of_the_actions_asked_about_are_named() -> None:
    policy = a_policy(a_clause("p.a"), a_clause("p.b", actions=("callback",)))
    assert ids(policy, actions={"callback"}) == ["p.b"]


def test_a_requirement_says_how_far_the_clause_bends_and_why_we_have_it() -> None:
    policy = a_policy(a_clause(flexibility="Three days of grace."), purpose="Fairness.")
    (found,) = requirements(rules(policy), facts={}, on=TODAY)
    assert found.clause_id == "returns.window"
    assert found.text == "The text of returns.window."
    assert (found.flexibility, found.purpose) == ("Three days of grace.", "Fairness.")
