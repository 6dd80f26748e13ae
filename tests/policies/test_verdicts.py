from datetime import date
from typing import Any

import pytest

from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.domain.verdict import Verdict
from assist.policies.alternatives import best_alternative
from assist.policies.proof import prove, prove_all
from assist.policies.verdicts import judge, judge_all, strictest
from tests.policies.rules import (
    TODAY,
    a_clause,
    a_grant,
    a_policy,
    a_refund,
    money,
    rules,
)

LEVELS = (a_grant("agent", money(80)), a_grant("senior", money(200)), a_grant("lead", money(900)))
WINDOW = "days_since(order.delivered_at) <= 30"
IN_TIME, LATE = {"order.delivered_at": "2026-11-02"}, {"order.delivered_at": "2026-09-02"}


def verdict(policy_set: PolicySet, action: Action | None = None, **case: Any) -> Verdict:
    given = {"facts": {}, "on": TODAY, "level": "agent", **case}
    return judge(action or a_refund(), policy_set, **given)


def policy_with(*clauses: Any, **fields: Any) -> PolicySet:
    return rules(a_policy(*clauses, **fields))


@pytest.mark.parametrize("kind", ["inform", "ask", "escalate"])
def test_informing_asking_and_escalating_are_always_allowed(kind: str) -> None:
    forbidding = policy_with(a_clause(effect="forbid", type="mandatory", actions=(kind,)))
    assert verdict(forbidding, Action(kind=kind)).value == "allowed"


def test_an_amount_within_the_limit_is_allowed_with_its_arithmetic() -> None:
    found = verdict(rules(grants=LEVELS), a_refund("80.00"))
    assert found.value == "allowed"
    assert found.arithmetic == ("80.00 GBP <= 80.00 GBP, the agent's limit for refund",)


def test_an_amount_above_the_limit_needs_the_lowest_level_that_may() -> None:
    found = verdict(rules(grants=LEVELS), a_refund("120.00"))
    assert (found.value, found.level) == ("needs_approval", "senior")
    assert found.arithmetic == ("120.00 GBP > 80.00 GBP, the agent's limit for refund",)
    assert found.reason == "refund of 120.00 GBP is decided by senior"


@pytest.mark.parametrize(
    ("level", "amount", "expected"),
    [
        ("senior", "200.00", "allowed"),
        ("senior", "200.01", "lead"),
        ("lead", "900.01", "manager"),
        ("manager", "900.01", "allowed"),  # no grant limits the highest level
        ("visitor", "1.00", "agent"),  # a level that is none of ours may grant nothing
    ],
)
def test_each_level_may_grant_up_to_its_own_limit(level: str, amount: str, expected: str) -> None:
    found = verdict(rules(grants=LEVELS), a_refund(amount), level=level)
    assert expected in (found.value, found.level)


def test_a_limit_of_the_highest_level_binds_it_too() -> None:
    grants = (*LEVELS, a_grant("manager", money(5000)))
    found = verdict(rules(grants=grants), a_refund("5000.01"), level="manager")
    assert (found.value, found.level) == ("needs_approval", "manager")


def test_an_action_that_no_grant_names_needs_the_highest_level() -> None:
    found = verdict(rules(grants=()))
    assert (found.value, found.level) == ("needs_approval", "manager")


def test_an_action_that_is_not_declared_needs_the_highest_level() -> None:
    found = verdict(rules(), Action(kind="teleport"))
    assert (found.value, found.level) == ("needs_approval", "manager")
    assert found.reason == "teleport is not declared"


def test_a_clause_that_allows_is_named_with_its_reason_and_its_count_of_days() -> None:
    found = verdict(policy_with(a_clause(when=WINDOW)), facts=IN_TIME)
    assert (found.value, found.clauses) == ("allowed", ("returns.window",))
    assert "returns.window says so" in found.reason
    assert found.arithmetic == ("order.delivered_at is 2026-11-02: 18 days before 2026-11-20",)


def test_a_condition_that_depends_on_a_missing_fact_is_unknown_and_names_it() -> None:
    found = verdict(policy_with(a_clause(when=WINDOW)))
    assert (found.value, found.facts) == ("unknown", ("order.delivered_at",))


def test_an_action_that_policies_allow_elsewhere_needs_the_highest_level_here() -> None:
    found = verdict(policy_with(a_clause(when=WINDOW)), facts=LATE)
    assert (found.value, found.level) == ("needs_approval", "manager")
    assert found.reason == "no clause allows refund in this case"
    assert verdict(policy_with(a_clause(when=WINDOW)), facts=LATE, level="manager") == (
        found.model_copy(
            update={
                "value": "allowed",
                "level": None,
                "arithmetic": (),
                "reason": "no clause allows refund in this case; within the authority of manager",
            }
        )
    )


def test_a_clause_that_forbids_forbids_at_every_level() -> None:
    found = verdict(policy_with(a_clause(effect="forbid")), level="manager")
    assert (found.value, found.clauses) == ("forbidden", ("returns.window",))


def test_an_approval_is_needed_below_its_level_and_not_from_it_on() -> None:
    policy_set = policy_with(a_clause(effect="needs_approval", level="lead"))
    values = [verdict(policy_set, level=level).value for level in ("agent", "senior", "lead")]
    assert values == ["needs_approval", "needs_approval", "allowed"]


@pytest.mark.parametrize(
    ("higher", "lower"),
    [("mandatory", "exception"), ("exception", "discretionary"), ("discretionary", "standard")],
)
def test_the_clause_of_higher_precedence_decides(higher: str, lower: str) -> None:
    forbidden = a_clause("returns.a", type=higher, effect="forbid")
    allowed = a_clause("returns.b", type=lower)
    assert verdict(policy_with(forbidden, allowed)).value == "forbidden"
    allowed = a_clause("returns.b", type=higher)
    forbidden = a_clause("returns.a", type=lower, effect="forbid")
    assert verdict(policy_with(forbidden, allowed)).value == "allowed"


def test_among_equals_the_narrower_scope_decides_then_the_later_date() -> None:
    wide = a_policy(a_clause("wide.no", effect="forbid"), effective=date(2026, 3, 1))
    narrow = a_policy(a_clause("narrow.yes"), regions=("UK",))
    later = a_policy(a_clause("later.yes"), effective=date(2026, 4, 1))
    assert verdict(rules(wide, narrow), region="UK").clauses == ("narrow.yes",)
    assert verdict(rules(wide, later)).clauses == ("later.yes",)


def test_two_clauses_of_equal_rank_that_disagree_go_to_the_highest_level() -> None:
    disagreeing = policy_with(a_clause("returns.a"), a_clause("returns.b", effect="forbid"))
    found = verdict(disagreeing)
    assert (found.value, found.level) == ("needs_approval", "manager")
    assert found.reason == "clauses returns.a and returns.b disagree"
    assert found.clauses == found.conflict == ("returns.a", "returns.b")
    found = verdict(disagreeing, level="manager")
    assert (found.value, found.conflict) == ("allowed", ("returns.a", "returns.b"))


def test_two_clauses_of_equal_rank_that_come_to_the_same_are_no_conflict() -> None:
    lead = a_clause("returns.b", effect="needs_approval", level="lead")
    agreeing = policy_with(a_clause("returns.a"), lead)
    assert verdict(agreeing, level="lead").conflict == ()
    assert verdict(agreeing, level="senior").conflict == ("returns.a", "returns.b")
    twice = verdict(policy_with(lead, a_clause("returns.c", effect="needs_approval", level="lead")))
    assert (twice.level, twice.clauses, twice.conflict) == ("lead", ("returns.b", "returns.c"), ())
    assert twice.reason == "returns.b says so; returns.c says so"


def test_a_missing_fact_that_changes_nothing_is_not_asked_for() -> None:
    maybe = a_clause("returns.a", type="exception", when="order.paid")
    found = verdict(policy_with(maybe, a_clause("returns.b")))
    assert (found.value, found.facts) == ("allowed", ())
    maybe = a_clause("returns.a", type="exception", when="order.paid", effect="forbid")
    found = verdict(policy_with(maybe, a_clause("returns.b")))
    assert (found.value, found.facts) == ("unknown", ("order.paid",))


def test_an_unknown_clause_below_the_deciding_one_is_not_asked_for() -> None:
    sure = a_clause("returns.a", type="mandatory", effect="forbid")
    maybe = a_clause("returns.b", when="order.paid")
    assert verdict(policy_with(sure, maybe)).value == "forbidden"


def test_a_requirement_is_unknown_until_its_facts_are_there_and_of_their_type() -> None:
    policy_set = policy_with(a_clause(effect="require", facts=("order.items",)))
    for facts in ({}, {"order.items": "three"}):
        found = verdict(policy_set, facts=facts)
        assert (found.value, found.facts) == ("unknown", ("order.items",))
    assert verdict(policy_set, facts={"order.items": 3}).value == "allowed"


def test_a_requirement_is_asked_for_beside_a_stronger_clause_that_allows() -> None:
    first = a_clause(effect="require", facts=("order.items",))
    allows = a_clause("returns.always", type="mandatory")
    found = verdict(policy_with(first, allows), facts={})
    assert (found.value, found.facts) == ("unknown", ("order.items",))


def test_a_computation_that_fails_is_unknown_and_says_why() -> None:
    found = verdict(
        policy_with(a_clause(when="10 / order.items > 1", effect="forbid")),
        facts={"order.items": 0},
    )
    assert found.value == "unknown"
    assert "divides by zero" in found.reason


def a_limit(**fields: Any) -> Any:
    return a_clause("goodwill.cap", effect="limit", limit=(money(60),), **fields)


def test_a_policys_limit_binds_though_the_grant_would_reach() -> None:
    policy_set = rules(a_policy(a_limit()), grants=LEVELS)
    assert verdict(policy_set, a_refund("60.00")).value == "allowed"
    found = verdict(policy_set, a_refund("60.01"))
    assert (found.value, found.level) == ("needs_approval", "senior")
    assert "60.01 GBP > 60.00 GBP, the limit of goodwill.cap" in found.arithmetic


def test_a_policys_limit_without_the_amount_or_its_currency_is_unknown() -> None:
    policy_set = rules(a_policy(a_limit()))
    found = verdict(policy_set, Action(kind="refund"))
    assert (found.value, found.facts) == ("unknown", ("order.total",))
    assert found.clauses == ("goodwill.cap",)
    found = verdict(policy_set, a_refund("5.00", "USD"))
    assert (found.value, found.reason) == ("unknown", "goodwill.cap has no limit in USD")


def test_a_mandatory_limit_forbids_what_is_above_it() -> None:
    policy_set = rules(a_policy(a_limit(type="mandatory")), grants=LEVELS)
    assert verdict(policy_set, a_refund("60.01"), level="manager").value == "forbidden"


def test_an_exception_may_raise_a_standard_limit() -> None:
    raised = a_clause("goodwill.more", type="exception", effect="limit", limit=(money(75),))
    policy_set = rules(a_policy(a_limit(), raised), grants=LEVELS)
    assert verdict(policy_set, a_refund("70.00")).value == "allowed"


def test_an_unknown_region_leaves_a_regional_rule_open_and_asks_for_the_region() -> None:
    policy_set = policy_with(a_clause(effect="forbid"), regions=("UK",))
    found = verdict(policy_set)
    assert (found.value, found.facts) == ("unknown", ("customer.region",))
    assert verdict(policy_set, region="US").value == "allowed"


def test_a_sum_above_the_limit_cannot_be_had_in_parts() -> None:
    parts = (a_refund("50.00"), a_refund("50.00"))
    case: dict[str, Any] = {"facts": {}, "on": TODAY, "level": "agent"}
    policy_set = rules(grants=LEVELS)
    assert [judge(part, policy_set, **case).value for part in parts] == ["allowed", "allowed"]
    found = judge_all(parts, policy_set, **case)
    assert (found.value, found.level) == ("needs_approval", "senior")
    assert "100.00 GBP > 80.00 GBP, the agent's limit for refund" in found.arithmetic


def test_the_strictest_of_several_verdicts_holds_for_all() -> None:
    authority = rules().authority
    by_value = {
        "allowed": Verdict(value="allowed", clauses=("a",)),
        "senior": Verdict(value="needs_approval", level="senior", clauses=("b",)),
        "lead": Verdict(value="needs_approval", level="lead", clauses=("c",)),
        "unknown": Verdict(value="unknown", facts=("order.paid",)),
        "forbidden": Verdict(value="forbidden", clauses=("d",)),
    }
    order = list(by_value)
    for stricter in range(1, len(order)):
        pair = [by_value[order[stricter]], by_value[order[stricter - 1]]]
        for verdicts in (pair, pair[::-1]):
            found = strictest(verdicts, authority)
            assert (found.value, found.level) == (pair[0].value, pair[0].level)
    assert strictest((by_value["senior"], by_value["allowed"]), authority).clauses == ("b", "a")
    assert strictest((), authority).value == "allowed"


@pytest.mark.parametrize("name", ["region", "product", "tier"])
def test_whom_and_what_the_case_is_about_counts_in_every_question(name: str) -> None:
    policy_set = policy_with(a_clause(effect="forbid"), **{f"{name}s": ("this",)})
    given: dict[str, Any] = {"facts": {}, "on": TODAY, "level": "agent", "granted": ()}
    for value, outcome in (("this", "forbidden at every level"), ("that", "allowed at level")):
        case = {**given, name: value}
        for lines in (
            prove(a_refund(), policy_set, **case),
            prove_all((a_refund(), a_refund()), policy_set, **case),
        ):
            assert lines[-1].text.startswith(outcome)
        assert judge_all((a_refund(),), policy_set, **case).value == outcome.split()[0]
        offered = best_alternative(a_refund(), policy_set, **case).action.kind
        assert offered == ("refund" if value == "that" else "escalate")
