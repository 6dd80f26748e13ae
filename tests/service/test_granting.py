"""Grants: judged with what was granted before, kept once, taken back, and refused with the cure."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from assist.domain.grants import Granted
from assist.errors import NotFound, NotPermitted
from assist.service.grant_requests import GrantRequest
from assist.service.granting import grant, granted_to, void
from assist.service.parts import Parts
from tests.builders import NOW
from tests.fakes import FrozenClock
from tests.policies.rules import money
from tests.service.granting import TODAY, a_callback, a_request, goodwill
from tests.service.parts import some_parts

EVER = NOW - timedelta(days=9_000)
RULES = goodwill()


@pytest.fixture
def parts() -> Parts:
    return some_parts()


def granted(parts: Parts, *requests: GrantRequest, at: datetime = NOW) -> list[Granted]:
    return [grant(replace(parts, clock=FrozenClock(at)), RULES, asked) for asked in requests]


def sum_of(parts: Parts) -> Decimal:
    return sum((g.amount.amount for g in kept(parts) if g.counts and g.amount), Decimal(0))


def kept(parts: Parts) -> tuple[Granted, ...]:
    return granted_to(parts, "c-1", EVER)


def refusal(parts: Parts, asked: GrantRequest) -> NotPermitted:
    before = kept(parts)
    with pytest.raises(NotPermitted) as caught:
        grant(parts, RULES, asked)
    assert kept(parts) == before
    return caught.value


def test_what_is_allowed_is_kept_with_who_when_and_by_which_rules(parts: Parts) -> None:
    policy_set = goodwill(version="p7")

    new = grant(parts, policy_set, a_request(level="agent"))

    assert new == Granted(
        id="r-1",
        customer_id="c-1",
        ticket_id="t-1",
        action="credit",
        parameters={"amount": money("20.00")},
        amount=money("20.00"),
        level="agent",
        by="Mo",
        at=NOW,
        policy_version="p7",
    )
    assert kept(parts) == (new,)


def test_the_clauses_that_decided_are_kept(parts: Parts) -> None:
    allowing = (
        RULES.policies[0]
        .clauses[0]
        .model_copy(
            update={"id": "goodwill.worn", "effect": "allow", "when": "device.state == 'worn'"}
        )
    )
    policy = RULES.policies[0].model_copy(update={"clauses": (allowing,)})
    policy_set = RULES.model_copy(update={"policies": (policy,)})

    assert grant(parts, policy_set, a_request()).clauses == ("goodwill.worn",)


def test_an_action_without_a_parameter_for_money_is_kept_with_what_it_costs(parts: Parts) -> None:
    british = a_request("r-1", action="replacement", parameters={}, region="UK")
    (new,) = granted(parts, british)

    assert new.amount == money("51.00")
    assert new.parameters == {}


def test_parameters_are_kept_by_their_declared_types(parts: Parts) -> None:
    told = {
        "amount": {"amount": 5, "currency": "GBP"},
        "note": "sorry",
        "months": "3",
        "from": "2026-12-01",
        "announced": True,
    }
    (new,) = granted(parts, a_request(parameters=told))

    assert new.parameters == {
        "amount": money(5),
        "note": "sorry",
        "months": Decimal(3),
        "from": "2026-12-01",
        "announced": True,
    }


def test_three_credits_fill_the_cap_and_a_penny_more_is_refused(parts: Parts) -> None:
    granted(parts, a_request("r-1"), a_request("r-2"), a_request("r-3", "19.99"))

    assert refusal(parts, a_request("r-4", "0.02")).problem == (
        "the level agent may not grant credit of 0.02 GBP: credit of 0.02 GBP is decided by "
        "the team lead; 0.02 GBP <= 20.00 GBP, the agent's limit for credit; 59.99 GBP granted in "
        "the last 90 days + 0.02 GBP = 60.01 GBP > 60.00 GBP, the agent's cap for credit in 90 days"
    )
    granted(parts, a_request("r-5", "0.01"))
    assert sum_of(parts) == Decimal("60.00")


def test_what_another_customer_was_granted_does_not_count(parts: Parts) -> None:
    granted(parts, *(a_request(f"r-{n}") for n in range(3)))

    granted(parts, a_request("r-3", customer_id="c-2"))

    assert refusal(parts, a_request("r-4"))


def test_a_cap_on_how_often_counts_each_grant(parts: Parts) -> None:
    granted(parts, a_callback("r-1"), a_callback("r-2"))

    assert "2 granted in the last 7 days + 1 = 3 > 2" in refusal(parts, a_callback("r-3")).problem


@pytest.mark.parametrize("on", [TODAY, TODAY - timedelta(days=400), TODAY + timedelta(days=1)])
def test_a_cap_counts_what_is_90_days_old_whatever_day_the_ticket_came(
    parts: Parts, on: Any
) -> None:
    old = NOW - timedelta(days=90)
    granted(parts, *(a_request(f"r-{n}", on=old.date()) for n in range(3)), at=old)

    assert refusal(parts, a_request("r-4", on=on))


@pytest.mark.parametrize("on", [TODAY, TODAY + timedelta(days=1)])
def test_a_cap_forgets_what_is_91_days_old(parts: Parts, on: Any) -> None:
    old = NOW - timedelta(days=91)
    granted(parts, *(a_request(f"r-{n}", on=old.date()) for n in range(3)), at=old)

    assert [new.id for new in granted(parts, a_request("r-4", on=on))] == ["r-4"]


def test_what_was_taken_back_can_be_granted_again(parts: Parts) -> None:
    granted(parts, *(a_request(f"r-{n}") for n in range(3)))
    refusal(parts, a_request("r-4"))

    void(parts, "r-1", by="Ida", reason="sent twice")

    granted(parts, a_request("r-4"))
    assert sum_of(parts) == Decimal("60.00")
    assert [g.id for g in kept(parts)] == ["r-0", "r-1", "r-2", "r-4"]


def test_a_grant_that_is_taken_back_says_when_by_whom_and_why(parts: Parts) -> None:
    (new,) = granted(parts, a_request())
    later = replace(parts, clock=FrozenClock(NOW + timedelta(days=2)))

    taken_back = void(later, "r-1", by="Ida", reason="sent twice")

    told = {
        "voided_at": NOW + timedelta(days=2),
        "voided_by": "Ida",
        "void_reason": "sent twice",
    }
    assert taken_back == new.model_copy(update=told)
    assert void(parts, "r-1", by="Bo", reason="again") == taken_back


def test_what_was_never_granted_cannot_be_taken_back(parts: Parts) -> None:
    with pytest.raises(NotFound, match="r-9"):
        void(parts, "r-9", by="Ida", reason="sent twice")


def test_grants_are_told_from_a_moment_on(parts: Parts) -> None:
    granted(parts, a_request("r-1"), at=NOW)
    granted(parts, a_request("r-2"), at=NOW + timedelta(days=1))

    assert [g.id for g in granted_to(parts, "c-1", NOW)] == ["r-1", "r-2"]
    assert [g.id for g in granted_to(parts, "c-1", NOW + timedelta(seconds=1))] == ["r-2"]


def test_a_refusal_names_who_may_and_what_may_be_granted_instead(parts: Parts) -> None:
    granted(parts, a_request("r-1"), a_request("r-2"))

    refused = refusal(parts, a_request("r-3", "50.00"))

    assert refused.where == "action"
    assert refused.cure == (
        "ask the team lead; instead you may grant credit of 20.00 GBP: 20.00 GBP is the most an "
        "agent may grant as credit here; 50.00 GBP was asked"
    )


def test_where_nothing_is_left_to_grant_the_refusal_offers_to_escalate(parts: Parts) -> None:
    granted(parts, *(a_request(f"r-{n}") for n in range(3)))

    assert "; instead you may escalate: " in refusal(parts, a_request("r-4")).cure


def test_what_is_forbidden_is_nobodys_to_approve(parts: Parts) -> None:
    refused = refusal(parts, a_request(facts={"device.state": "broken"}, level="manager"))

    assert refused.problem.startswith(
        "credit of 20.00 GBP is forbidden: A broken device is replaced, not paid for; "
    )
    assert refused.problem.endswith("; by goodwill.broken")
    assert refused.cure.startswith("instead you may escalate")


def test_what_hangs_on_a_fact_asks_for_it(parts: Parts) -> None:
    question = "Is the device broken?"
    asking = tuple(
        fact.model_copy(update={"question": question}) if fact.path == "device.state" else fact
        for fact in RULES.facts
    )
    policy_set = RULES.model_copy(update={"facts": asking})

    with pytest.raises(NotPermitted) as caught:
        grant(parts, policy_set, a_request(facts={}))

    assert caught.value.problem.startswith(
        "it is not known whether the level agent may grant credit of 20.00 GBP: "
        "depends on device.state"
    )
    assert caught.value.cure.startswith("tell device.state (Is the device broken?); instead ")
    assert kept(parts) == ()


def test_a_level_may_grant_what_is_its_own(parts: Parts) -> None:
    refusal(parts, a_request(amount="20.01"))

    (new,) = granted(parts, a_request(amount="20.01", level="lead"))

    assert (new.level, new.amount) == ("lead", money("20.01"))


def test_what_is_on_record_goes_before_what_the_caller_says(parts: Parts) -> None:
    worn = (
        RULES.policies[0]
        .clauses[0]
        .model_copy(
            update={"id": "goodwill.worn", "effect": "forbid", "when": "device.state == 'worn'"}
        )
    )
    policy = RULES.policies[0].model_copy(update={"clauses": (worn,)})
    policy_set = RULES.model_copy(update={"policies": (policy,)})
    asked = a_request(facts={"device.state": "new"})

    with pytest.raises(NotPermitted):
        grant(parts, policy_set, asked, {"device.state": "worn"})
    assert grant(parts, policy_set, asked, {"order.items": 1}).id == asked.id


def test_nothing_is_granted_by_rules_of_a_day_before_there_were_any(parts: Parts) -> None:
    first = min(policy.effective for policy in RULES.policies)

    with pytest.raises(NotPermitted, match=f"no policy governed credit on .*{first}"):
        grant(parts, RULES, a_request(on=first - timedelta(days=1)))
    assert grant(parts, RULES, a_request(on=first)).action == "credit"


@pytest.mark.parametrize("name", [" c-1", "c-1 "])
def test_a_customer_is_not_another_one_for_a_space(name: str) -> None:
    with pytest.raises(ValidationError, match="must not begin or end with a space"):
        a_request(customer_id=name)
