from typing import Any

import pytest

from assist.domain.actions import ActionType
from assist.domain.authority import Grant
from assist.domain.policy import Clause, PolicySet
from assist.domain.solution import Action, Alternative
from assist.policies.alternatives import best_alternative
from tests.policies.rules import (
    TODAY,
    a_cap,
    a_clause,
    a_grant,
    a_policy,
    a_refund,
    an_action_type,
    granted,
    money,
    rules,
)

REFUND = an_action_type(alternatives=("replacement", "credit"))
REPLACEMENT = an_action_type(
    "replacement", parameters={}, cost_parameter=None, cost=(money(40),), when="order.paid"
)
CREDIT = an_action_type("credit", parameters={"amount": {"type": "money"}})
PAID = {"order.paid": True}


def company(*grants: Grant, clauses: tuple[Clause, ...] = (), **fields: Any) -> PolicySet:
    policies = (a_policy(*clauses),) if clauses else ()
    return rules(*policies, grants=grants, actions=(REFUND, REPLACEMENT, CREDIT), **fields)


def best(policy_set: PolicySet, action: Action | None = None, **case: Any) -> Alternative:
    given = {"facts": {}, "on": TODAY, "level": "agent", "granted": (), **case}
    found = best_alternative(action or a_refund(), policy_set, **given)
    assert found.verdict.value == "allowed"
    return found


def forbidden(*kinds: str) -> Clause:
    return a_clause("returns.no", effect="forbid", actions=kinds)


def test_what_is_allowed_is_its_own_best_alternative() -> None:
    found = best(company(a_grant("agent", money(50))))
    assert found.action == a_refund("50.00")
    assert found.reason == "an agent may grant refund here as it was asked"
    assert found.verdict.arithmetic == ("50.00 GBP <= 50.00 GBP, the agent's limit for refund",)


def test_of_an_amount_that_is_too_much_the_most_that_may_be_granted_is_offered() -> None:
    found = best(company(a_grant("agent", money(20))), a_refund("80.00"))
    assert found.action == a_refund(20)
    assert found.reason == (
        "20.00 GBP is the most an agent may grant as refund here; 80.00 GBP was asked"
    )


@pytest.mark.parametrize(
    ("level", "most"), [("agent", "20"), ("senior", "45"), ("lead", "70"), ("manager", "80.00")]
)
def test_the_most_is_that_of_the_asking_level(level: str, most: str) -> None:
    grants = (a_grant("agent", money(20)), a_grant("senior", money(45)), a_grant("lead", money(70)))
    assert best(company(*grants), a_refund("80.00"), level=level).action == a_refund(most)


def test_the_most_is_what_a_cap_leaves() -> None:
    policy_set = company(a_grant("agent", money(50), cap=a_cap(money(60))))
    before = (granted("15.00"), granted("30.00", days_ago=90), granted("9.00", days_ago=91))
    assert best(policy_set, granted=before).action == a_refund("15.00")
    assert best(policy_set, granted=before, action=a_refund("15.01")).action == a_refund("15.00")
    assert best(policy_set, granted=(granted("60"),)).action.kind == "escalate"


def test_the_most_is_what_the_limits_of_policies_leave() -> None:
    case = a_clause("returns.most", effect="limit", limit=(money(30),))
    year = a_clause(
        "returns.year", effect="limit", limit=(money(60),), period_days=365, type="mandatory"
    )
    policy_set = company(a_grant("agent"), clauses=(case, year))
    assert best(policy_set).action == a_refund("30")
    assert best(policy_set, granted=(granted("45"),)).action == a_refund("15.00")


def test_a_wider_grant_that_does_not_hold_is_passed_over() -> None:
    grants = (a_grant("agent", money(20)), a_grant("agent", money(40), when="order.paid"))
    assert best(company(*grants), facts=PAID).action == a_refund("40")
    for facts in ({}, {"order.paid": False}):
        assert best(company(*grants), facts=facts).action == a_refund("20")


def test_several_amounts_are_reduced_together_by_the_cost_parameter() -> None:
    asked = Action(kind="refund", parameters={"amount": money(50), "fee": money(5)})
    found = best(company(a_grant("agent", money(20))), asked)
    assert found.action.parameters == {"amount": money(15), "fee": money(5)}
    assert found.reason == (
        "20.00 GBP is the most an agent may grant as refund here; 55.00 GBP was asked"
    )
    fees = Action(kind="refund", parameters={"amount": money(1), "fee": money(20)})
    assert best(company(a_grant("agent", money(20))), fees).action.kind == "escalate"


def test_what_cannot_be_granted_in_part_is_not_offered_in_part() -> None:
    whole = REFUND.model_copy(update={"in_part": False})
    policy_set = rules(grants=(a_grant("agent", money(20)),), actions=(whole,))
    assert best(policy_set).action.kind == "escalate"


def test_where_less_does_not_help_the_kinds_are_offered_in_the_companys_order() -> None:
    grants = [a_grant("agent", action=kind) for kind in ("refund", "replacement", "credit")]
    found = best(company(*grants, clauses=(forbidden("refund"),)), facts=PAID)
    assert found.action == Action(kind="replacement")
    assert found.reason == "replacement is what an agent may grant here instead of refund"
    for clauses, facts in (((forbidden("refund", "replacement"),), PAID),
                           ((forbidden("refund"),), {"order.paid": False})):  # fmt: skip
        found = best(company(*grants, clauses=clauses), facts=facts)
        assert found.action == Action(kind="credit", parameters={"amount": money("50.00")})
        assert found.reason == (
            "credit of 50.00 GBP is what an agent may grant here instead of refund"
        )


def test_a_part_of_what_was_asked_goes_before_another_kind() -> None:
    grants = (a_grant("agent", money(20)), a_grant("agent", action="replacement"))
    assert best(company(*grants), facts=PAID).action == a_refund("20")


def test_another_kind_is_reduced_too() -> None:
    grants = (a_grant("agent", money(20), action="credit"),)
    found = best(company(*grants, clauses=(forbidden("refund"),)))
    assert found.action == Action(kind="credit", parameters={"amount": money(20)})
    assert found.reason == "credit of 20.00 GBP is what an agent may grant here instead of refund"


def test_another_kind_takes_its_amount_from_the_facts_first() -> None:
    credit = an_action_type("credit")
    actions: tuple[ActionType, ...] = (
        REFUND.model_copy(update={"alternatives": ("credit",)}),
        credit,
    )
    policy_set = rules(
        a_policy(forbidden("refund")), grants=(a_grant("agent", action="credit"),), actions=actions
    )
    facts = {"order.total": {"amount": "33.00", "currency": "GBP"}}
    assert best(policy_set, facts=facts).action.parameters == {"amount": money("33.00")}


def test_without_an_amount_asked_the_most_in_the_regions_currency_is_offered() -> None:
    limits = (money(25, "USD"), money(20))
    policy_set = company(a_grant("agent", *limits, action="credit"))
    missing = Action(kind="refund")
    for region, most in (("US", money(25, "USD")), ("UK", money(20))):
        found = best(policy_set, missing, region=region).action
        assert found == Action(kind="credit", parameters={"amount": most})
    assert best(policy_set, missing).action.kind == "escalate"


@pytest.mark.parametrize(
    "action",
    [a_refund("-5"), a_refund("9E999999"), a_refund("5", "USD"), Action(kind="refund"),
     Action(kind="teleport")],
)  # fmt: skip
def test_where_nothing_may_be_granted_handing_over_is(action: Action) -> None:
    found = best(company(a_grant("agent", money(20))), action)
    assert found.action == Action(kind="escalate")
    assert found.verdict.reason == "everybody may escalate"
    assert found.reason == (
        f"nothing that may be offered instead of {action.kind} is an agent's to grant here"
    )


def test_a_level_that_is_none_of_the_companys_may_still_hand_over() -> None:
    found = best(company(a_grant("agent")), level="visitor")
    assert found.reason.endswith("is a visitor's to grant here")


def test_an_alternative_that_is_not_declared_is_passed_over() -> None:
    refund = an_action_type(alternatives=("teleport", "credit"))
    policy_set = rules(grants=(a_grant("agent", action="credit"),), actions=(refund, CREDIT))
    assert best(policy_set).action.kind == "credit"


def test_what_everybody_may_do_can_be_an_alternative_too() -> None:
    refund = an_action_type(alternatives=("ask", "credit"))
    policy_set = rules(grants=(a_grant("agent", action="credit"),), actions=(refund, CREDIT))
    found = best(policy_set)
    assert found.action == Action(kind="ask")
    assert found.reason == "ask is what an agent may do here instead of refund"


def test_what_is_unknown_for_want_of_the_customer_is_not_offered_in_part() -> None:
    capped = company(
        a_grant("agent", money(50), cap=a_cap(money(60))), a_grant("agent", action="replacement")
    )
    assert best(capped, granted=None, facts=PAID).action.kind == "replacement"


WANTS = a_clause(
    "p.credit", effect="require", facts=("order.items", "order.paid"), actions=("credit",)
)
AN_AGENT = "nothing that may be offered instead of refund is an agent's to grant here"


def test_where_only_handing_over_is_left_the_facts_that_would_open_the_best_kind_are_named() -> (
    None
):
    grants = [a_grant("agent", action=kind) for kind in ("refund", "credit")]
    policy_set = company(*grants, clauses=(forbidden("refund"), WANTS))

    found = best(policy_set)
    assert found.action.kind == "escalate"
    assert found.reason == f"{AN_AGENT}; credit needs order.items and order.paid to be known"
    found = best(policy_set, facts=PAID)
    assert found.reason == f"{AN_AGENT}; credit needs order.items to be known"
    assert best(policy_set, facts={**PAID, "order.items": 1}).action.kind == "credit"


def test_of_several_kinds_that_lack_facts_the_best_is_named_and_never_what_was_asked() -> None:
    paid = a_clause("p.paid", effect="require", facts=("order.paid",),
                    actions=("refund", "replacement"))  # fmt: skip
    grants = [a_grant("agent", action=kind) for kind in ("refund", "replacement", "credit")]
    found = best(company(*grants, clauses=(paid, WANTS)))
    assert found.reason == f"{AN_AGENT}; replacement needs order.paid to be known"
    only = rules(a_policy(paid), grants=tuple(grants[:1]))
    assert best(only).reason == AN_AGENT
