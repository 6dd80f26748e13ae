"""A trial judges actions as the policies do, and asks for the facts it lacks."""

from datetime import UTC, date, datetime
from typing import Any

from assist.domain.authority import Cap, Grant
from assist.policies.proof import prove
from assist.policies.verdicts import judge, judge_all
from tests.policies.rules import FACTS, TODAY, a_grant, a_policy, a_refund, money
from tests.service.trying import DELIVERED, POUNDS, WINDOW, company, refused, tried


def test_an_action_is_judged_and_proven_as_the_policies_do() -> None:
    found = tried()

    same: dict[str, Any] = {"facts": DELIVERED, "on": TODAY, "level": "agent"}
    action = found.actions[0].action
    assert action.parameters == {"amount": money("50.00")}
    assert action.verdict == judge(a_refund(), company(), **same)
    assert action.proof == prove(a_refund(), company(), **same)
    assert (found.verdict.value, found.version, found.date) == ("allowed", "test", TODAY)
    assert found.questions == ()


def test_what_may_be_done_instead_is_allowed() -> None:
    amount = {"amount": "100.00", "currency": "GBP"}

    found = tried(actions=[{"kind": "refund", "parameters": {"amount": amount}}])

    assert (found.verdict.value, found.verdict.level) == ("needs_approval", "lead")
    assert found.actions[0].alternative.verdict.value == "allowed"


def test_several_actions_are_judged_each_and_together() -> None:
    found = tried(actions=[{"kind": "refund", "parameters": {"amount": POUNDS}}] * 2)

    values = [one.action.verdict.value for one in found.actions if one.action.verdict]
    assert values == ["allowed", "allowed"]
    assert found.verdict == judge_all(
        [a_refund(), a_refund()], company(), facts=DELIVERED, on=TODAY, level="agent"
    )
    assert found.verdict.value == "needs_approval"


def test_the_day_and_the_level_asked_for_decide() -> None:
    assert tried(date="2026-12-02").verdict.value == "allowed"
    assert tried(date="2026-12-03").verdict.value != "allowed"
    hundred = {"kind": "refund", "parameters": {"amount": POUNDS | {"amount": "100.00"}}}
    assert tried(level="lead", actions=[hundred]).verdict.value == "allowed"


def test_missing_facts_become_questions_in_the_words_of_the_company() -> None:
    facts = [
        fact.model_copy(update={"question": "When did the parcel arrive?", "source": "records"})
        if fact.path == "order.delivered_at"
        else fact
        for fact in FACTS
    ]

    (ask,) = tried(company(facts=facts), facts={}).questions

    assert (ask.fact, ask.question, ask.source) == (
        "order.delivered_at", "When did the parcel arrive?", "records",
    )  # fmt: skip


def test_a_fact_without_a_question_is_asked_for_by_its_label_else_its_path() -> None:
    assert tried(facts={}).questions[0].question == "What is the order.delivered_at?"
    labelled = [fact.model_copy(update={"label": "delivery date"}) for fact in FACTS]
    assert tried(company(facts=labelled), facts={}).questions[0].question == (
        "What is the delivery date?"
    )


def test_the_scope_comes_from_the_facts_and_the_facts_from_the_scope() -> None:
    uk_only = company().model_copy(update={"policies": (a_policy(WINDOW, regions=("UK",)),)})

    by_fact = tried(uk_only, facts=DELIVERED | {"customer.region": "UK"})
    by_scope = tried(uk_only, scope={"region": "UK"})

    assert by_fact.scope.region == by_scope.scope.region == "UK"
    assert by_fact.verdict == by_scope.verdict
    assert by_fact.verdict.clauses == ("returns.window",)
    assert tried(uk_only).scope.region is None


def test_a_scope_that_contradicts_the_facts_is_refused() -> None:
    error = refused(scope={"region": "UK"}, facts={"customer.region": "US"})

    assert error.where == "scope.region"
    assert error.problem == "'UK' is asked for and the facts say 'US'"


def test_what_was_granted_before_counts_against_the_cap_of_its_period() -> None:
    cap = Cap(days=90, amount=(money("60.00"),))
    capped = company(grants=(Grant(level="agent", action="refund", cap=cap), a_grant("lead")))
    before = {"action": "refund", "amount": POUNDS, "at": "2026-10-01"}

    assert tried(capped, granted=[]).verdict.value == "allowed"
    assert tried(capped, granted=[before]).verdict.value == "needs_approval"
    assert tried(capped, granted=[before | {"at": "2026-01-01"}]).verdict.value == "allowed"
    unknown = tried(capped)
    assert (unknown.verdict.value, unknown.questions[0].fact) == ("unknown", "customer.id")


def test_a_grant_may_say_its_time_to_the_second() -> None:
    moment = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)

    assert tried(granted=[{"action": "refund", "amount": POUNDS, "at": moment.isoformat()}])


def test_the_largest_amount_within_reason_is_judged() -> None:
    asked = {"kind": "refund", "parameters": {"amount": POUNDS | {"amount": "999999999999.99"}}}

    assert tried(actions=[asked]).verdict.value == "needs_approval"


def test_a_parameter_that_is_left_out_comes_from_the_facts_as_in_a_suggestion() -> None:
    total = {"order.total": POUNDS | {"amount": "70.00"}}

    found = tried(actions=[{"kind": "refund"}], facts=DELIVERED | total)
    chosen = tried(facts=DELIVERED | total)

    assert found.actions[0].action.parameters == {"amount": money("70.00")}
    assert chosen.actions[0].action.parameters == {"amount": money("50.00")}


def test_nothing_is_remembered_between_trials() -> None:
    assert tried() == tried()
    assert tried().date == date(2026, 11, 20)
