from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from assist.domain.actions import ParameterType
from assist.domain.authority import Cap, Grant
from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.errors import BadInput
from assist.policies.proof import prove
from assist.policies.verdicts import judge, judge_all
from assist.service.trial_input import checked_facts, typed_action, written
from assist.service.trials import Trial, Tried, try_policies
from tests.policies.rules import (
    FACTS,
    TODAY,
    a_clause,
    a_grant,
    a_policy,
    a_refund,
    an_action_type,
    money,
    rules,
)

WINDOW = a_clause(when="days_since(order.delivered_at) <= 30")
DELIVERED = {"order.delivered_at": "2026-11-02"}
POUNDS: dict[str, Any] = {"amount": "50.00", "currency": "GBP"}


def company(**fields: Any) -> PolicySet:
    """Refunds within 30 days, by an agent up to 80 pounds, by a lead beyond."""
    grants = (a_grant("agent", money("80.00")), a_grant("lead"))
    return rules(a_policy(WINDOW), **({"grants": grants} | fields))


def tried(policy_set: PolicySet | None = None, **asked: Any) -> Tried:
    """A refund of fifty pounds today, of an order delivered within the window, unless told."""
    given = {
        "date": "2026-11-20",
        "actions": [{"kind": "refund", "parameters": {"amount": POUNDS}}],
        "facts": DELIVERED,
    }
    return try_policies(Trial.model_validate(given | asked), policy_set or company())


def refused(**asked: Any) -> BadInput:
    with pytest.raises(BadInput) as caught:
        tried(**asked)
    return caught.value


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


@pytest.mark.parametrize(
    ("asked", "where", "problem", "cure"),
    [
        (
            {"level": "boss"},
            "level",
            "there is no level 'boss'",
            "use agent, senior, lead, manager",
        ),
        (
            {"actions": [{"kind": "refnd"}]},
            "actions.0.kind",
            "there is no action 'refnd'",
            "did you mean refund?",
        ),
        (
            {"actions": [{"kind": "refund"}, {"kind": "refund", "parameters": {"amout": 1}}]},
            "actions.1.parameters.amout",
            "refund has no parameter 'amout'",
            "did you mean amount?",
        ),
        (
            {"actions": [{"kind": "ask", "parameters": {"amount": POUNDS}}]},
            "actions.0.parameters.amount",
            "ask has no parameter 'amount'",
            "leave it out",
        ),
        (
            {"actions": [{"kind": "refund", "parameters": {"amount": "120"}}]},
            "actions.0.parameters.amount",
            '"120" is no money',
            'give an amount with its currency, e.g. {"amount": "49.00", "currency": "USD"}',
        ),
        (
            {"actions": [{"kind": "refund", "parameters": {"amount": POUNDS | {"amount": -1}}}]},
            "actions.0.parameters.amount",
            "-1 is negative",
            "give it as a positive amount",
        ),
        (
            {"facts": {"order.deliverd_at": "2026-11-02"}},
            "facts.order.deliverd_at",
            "the fact 'order.deliverd_at' is not declared",
            "did you mean order.delivered_at",
        ),
        (
            {"facts": {"order": {"delivered_at": "soon"}}},
            "facts.order.delivered_at",
            '"soon" is no date',
            'give a date in quotes, e.g. "2026-11-20"',
        ),
        (
            {"facts": {"device.state": "shiny"}},
            "facts.device.state",
            '"shiny" is no choice',
            "give one of new, worn, broken",
        ),
        (
            {"granted": [{"action": "refnd", "at": "2026-10-01"}]},
            "granted.0.action",
            "there is no action 'refnd'",
            "did you mean refund?",
        ),
        (
            {"granted": [{"action": "refund", "at": "2026-10-01", "level": "boss"}]},
            "granted.0.level",
            "there is no level 'boss'",
            "use agent, senior, lead, manager",
        ),
    ],
)
def test_what_cannot_be_tried_is_refused_by_its_part_with_the_cure(
    asked: dict[str, Any], where: str, problem: str, cure: str
) -> None:
    error = refused(**asked)

    assert (error.where, error.problem) == (where, problem)
    assert cure in error.cure


@pytest.mark.parametrize("amount", ["1000000000000", "NaN", "Infinity", "-1e30", "1e400000"])
def test_an_amount_beyond_reason_is_refused(amount: str) -> None:
    asked = {"kind": "refund", "parameters": {"amount": {"amount": amount, "currency": "GBP"}}}

    assert refused(actions=[asked]).where == "actions.0.parameters.amount"


def test_the_largest_amount_within_reason_is_judged() -> None:
    asked = {"kind": "refund", "parameters": {"amount": POUNDS | {"amount": "999999999999.99"}}}

    assert tried(actions=[asked]).verdict.value == "needs_approval"


def test_a_parameter_that_is_left_out_comes_from_the_facts_as_in_a_suggestion() -> None:
    total = {"order.total": POUNDS | {"amount": "70.00"}}

    found = tried(actions=[{"kind": "refund"}], facts=DELIVERED | total)
    chosen = tried(facts=DELIVERED | total)

    assert found.actions[0].action.parameters == {"amount": money("70.00")}
    assert chosen.actions[0].action.parameters == {"amount": money("50.00")}


def test_parameters_get_the_type_that_is_declared() -> None:
    kinds = {"at": "date", "times": "integer", "share": "number", "gift": "boolean", "why": "text"}
    callback = an_action_type(
        "callback",
        parameters={name: ParameterType.model_validate({"type": t}) for name, t in kinds.items()},
        cost_parameter=None,
    )
    known = rules(actions=(callback,))
    given: dict[str, Any] = {
        "at": "2026-11-21",
        "times": 3,
        "share": "0.5",
        "gift": True,
        "why": "late",
    }

    action = typed_action("callback", given, known, {}, where="actions.0")

    assert action == Action(
        kind="callback",
        parameters={
            "at": "2026-11-21",
            "times": Decimal(3),
            "share": Decimal("0.5"),
            "gift": True,
            "why": "late",
        },
    )
    unfit: dict[str, Any] = {"at": "x", "times": 1.5, "share": "x", "gift": "yes", "why": 1}
    for name, wrong in unfit.items():
        with pytest.raises(BadInput, match=f"is no {kinds[name]}"):
            typed_action("callback", {name: wrong}, known, {}, where="actions.0")


@pytest.mark.parametrize(
    ("raw", "said"), [(30, "30"), (30.5, "30.5"), ("30", "30"), ("2.50", "2.50")]
)
def test_a_number_is_kept_as_it_was_written(raw: Any, said: str) -> None:
    share = ParameterType(type="number")
    known = rules(actions=(an_action_type("callback", parameters={"share": share}),))

    action = typed_action("callback", {"share": raw}, known, {}, where="actions.0")

    assert str(action.parameters["share"]) == said


def test_facts_may_be_nested_or_dotted_and_of_any_declared_type() -> None:
    nested: dict[str, Any] = {
        "order": {"delivered_at": "2026-11-02", "total": POUNDS, "paid": True}
    }

    assert checked_facts({**nested, "device.age": 1.5}, FACTS) == {
        "order.delivered_at": "2026-11-02",
        "order.total": POUNDS,
        "order.paid": True,
        "device.age": 1.5,
    }


def test_a_long_value_is_shortened_in_the_message() -> None:
    with pytest.raises(BadInput) as caught:
        checked_facts({"order.paid": "x" * 500}, FACTS)

    assert caught.value.problem == f'"{"x" * 59}… is no boolean'


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (" 49.90 USD ", "money", {"amount": "49.90", "currency": "USD"}),
        ("true", "boolean", True),
        ("false", "boolean", False),
        ("2026-11-20", "date", "2026-11-20"),
        ("3", "integer", "3"),
    ],
)
def test_what_a_person_writes_becomes_json(text: str, kind: Any, value: object) -> None:
    assert written(text, kind, "facts") == value


@pytest.mark.parametrize(
    ("text", "kind", "problem", "cure"),
    [
        ("much", "money", "'much' is no amount", "write e.g. 49.90 USD"),
        ("-5 USD", "money", "-5 is negative", "give it as a positive amount"),
        ("5", "money", "5 has no currency", "name it, e.g. 5 GBP"),
        ("5 gbp", "money", "'gbp' is no ISO 4217 currency", "did you mean GBP?"),
        ("5 pounds", "money", "'pounds' is no ISO 4217 currency", "e.g. GBP"),
        ("1e9 GBP", "money", "'1e9 GBP' is no amount", "write e.g. 49.90 USD"),
        ("yes", "boolean", "'yes' is neither true nor false", "write true or false"),
    ],
)
def test_what_a_person_writes_wrongly_is_named_with_the_cure(
    text: str, kind: Any, problem: str, cure: str
) -> None:
    with pytest.raises(BadInput) as caught:
        written(text, kind, "--action")

    assert (caught.value.where, caught.value.problem, caught.value.cure) == (
        "--action", problem, cure,
    )  # fmt: skip


def test_nothing_is_remembered_between_trials() -> None:
    assert tried() == tried()
    assert tried().date == date(2026, 11, 20)
