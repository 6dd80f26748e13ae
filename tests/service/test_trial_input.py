"""What is tried is read with its declared type, or refused by its part with the cure."""

from decimal import Decimal
from typing import Any

import pytest

from assist.domain.actions import ParameterType
from assist.domain.solution import Action
from assist.errors import BadInput
from assist.service.trial_input import checked_facts, typed_action, written
from tests.policies.rules import FACTS, an_action_type, rules
from tests.service.trying import POUNDS, refused


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
