"""Consultations are answered with a value that fits, or withdrawn; answers become facts."""

import pytest
from pydantic import JsonValue

from assist.domain.issue import Fact
from assist.errors import AlreadyDone, BadInput, NotFound
from assist.graph.history import colleagues_facts
from assist.service.consulting import answer, ask, withdraw
from assist.service.parts import Parts
from tests.builders import NOW
from tests.service.consultations import HOUR, RULES, a_question, answered, asked
from tests.service.parts import some_parts


@pytest.fixture
def parts() -> Parts:
    return some_parts()


def told_about(parts: Parts, ticket_id: str) -> dict[str, Fact]:
    """What colleagues told about a ticket, by path, as the next suggestion for it knows it."""
    return {fact.path: fact for fact in colleagues_facts(parts.consultations.of_ticket(ticket_id))}


def test_an_answer_is_kept_with_who_said_it_and_when(parts: Parts) -> None:
    first = asked(parts)

    kept = answered(parts, True, note="On 2 November.", by="Ida", at=NOW + HOUR)

    assert kept == first.model_copy(
        update={
            "state": "answered",
            "answer": True,
            "note": "On 2 November.",
            "answered_by": "Ida",
            "answered_at": NOW + HOUR,
        }
    )
    assert parts.consultations.open(9) == ()


FITTING: list[tuple[str, JsonValue]] = [
    ("order.paid", False),
    ("order.items", 3),
    ("device.age", 2.5),
    ("device.age", "2.5"),
    ("device.state", "worn"),
    ("device.serial", "FW-1"),
    ("order.delivered_at", "2026-11-02"),
    ("order.total", {"amount": "50.00", "currency": "GBP"}),
]
UNFIT: list[tuple[str, JsonValue]] = [
    ("order.paid", "yes"),
    ("order.paid", 1),
    ("order.items", "3"),
    ("order.items", True),
    ("order.items", 2**63),
    ("device.age", "old"),
    ("device.state", "lost"),
    ("device.serial", " "),
    ("device.serial", ["FW-1"]),
    ("order.delivered_at", "yesterday"),
    ("order.delivered_at", "2026-13-01"),
    ("order.total", {"amount": "a lot", "currency": "GBP"}),
    ("order.total", {"amount": "50.00"}),
    ("order.total", 50),
]


@pytest.mark.parametrize(("fact", "value"), FITTING, ids=str)
def test_an_answer_of_the_facts_type_fits(parts: Parts, fact: str, value: JsonValue) -> None:
    asked(parts, fact=fact)

    assert answered(parts, value).answer == value


@pytest.mark.parametrize(("fact", "value"), UNFIT, ids=str)
def test_an_answer_of_another_type_is_refused(parts: Parts, fact: str, value: JsonValue) -> None:
    first = asked(parts, fact=fact)

    with pytest.raises(BadInput) as caught:
        answered(parts, value)

    assert caught.value.where == "answer"
    assert caught.value.cure
    assert parts.consultations.get("q-1") == first


def test_a_question_without_a_fact_is_answered_in_words(parts: Parts) -> None:
    asked(parts, fact=None)

    for value in (True, 3, ["a"], " ", "", "x" * 10_001):
        with pytest.raises(BadInput) as caught:
            answered(parts, value)
        assert caught.value.where == "answer"
    assert answered(parts, "Ask the courier.").answer == "Ask the courier."
    assert told_about(parts, "t-1") == {}


def test_that_something_cannot_be_found_out_is_an_answer_with_a_note(parts: Parts) -> None:
    asked(parts)

    with pytest.raises(BadInput, match="there is no answer"):
        answered(parts, None, note=" ")

    assert answered(parts, None, note="The bank does not say.").state == "answered"
    assert told_about(parts, "t-1") == {}


def test_an_answer_about_a_fact_that_is_no_longer_declared_is_refused(parts: Parts) -> None:
    asked(parts)
    fewer = RULES.model_copy(update={"facts": ()})

    with pytest.raises(BadInput, match=r"order\.paid.*not declared"):
        answer(parts, fewer, "q-1", value=True, note="", by="Ida")


def test_the_same_answer_again_is_fine_and_another_is_refused(parts: Parts) -> None:
    asked(parts)
    first = answered(parts, True)

    assert answered(parts, True, by="Bo", at=NOW + HOUR) == first
    with pytest.raises(AlreadyDone, match="answered by Ida"):
        answered(parts, False)
    assert parts.consultations.get("q-1") == first


def test_a_question_that_is_withdrawn_waits_no_more_and_takes_no_answer(parts: Parts) -> None:
    first = asked(parts)

    kept = withdraw(parts, "q-1", by="Mo", reason="The customer knew.")

    told = {"note": "The customer knew.", "answered_by": "Mo", "answered_at": NOW}
    assert kept == first.model_copy(update={"state": "withdrawn", **told})
    assert withdraw(parts, "q-1", by="Mo", reason="The customer knew.") == kept
    assert parts.consultations.open(9) == ()
    with pytest.raises(AlreadyDone, match="withdrawn by Mo"):
        answered(parts, True)
    assert told_about(parts, "t-1") == {}


def test_what_was_answered_is_not_withdrawn(parts: Parts) -> None:
    asked(parts)
    first = answered(parts, True)

    with pytest.raises(AlreadyDone, match="answered by Ida"):
        withdraw(parts, "q-1", by="Mo")

    assert parts.consultations.get("q-1") == first


def test_what_was_never_asked_is_not_found(parts: Parts) -> None:
    with pytest.raises(NotFound, match="q-1"):
        answered(parts, True)
    with pytest.raises(NotFound, match="q-2"):
        withdraw(parts, "q-2", by="Mo")


def test_answers_are_facts_of_their_ticket_told_by_a_colleague(parts: Parts) -> None:
    for name, fields in {
        "q-1": {"fact": "order.paid"},
        "q-2": {"fact": "order.items"},
        "q-3": {"fact": "device.state"},
        "q-4": {"fact": "device.serial", "ticket_id": "t-2"},
    }.items():
        ask(parts, RULES, a_question(name, **fields))
    answered(parts, True, of="q-1", note="On 2 November.", by="Ida")
    answered(parts, 3, of="q-2", by="Bo")
    answered(parts, "FW-1", of="q-4")

    assert told_about(parts, "t-1") == {
        "order.paid": Fact(
            path="order.paid", value=True, source="colleague", span="Ida answered: On 2 November."
        ),
        "order.items": Fact(path="order.items", value=3, source="colleague", span="Bo answered"),
    }


@pytest.mark.parametrize("later", ["q-1", "q-2"])
def test_of_two_answers_about_one_fact_the_later_counts(parts: Parts, later: str) -> None:
    for name in ("q-1", "q-2"):
        ask(parts, RULES, a_question(name, fact="order.items"))
        moment = NOW + HOUR if name == later else NOW
        answered(parts, int(name[-1]), of=name, at=moment)

    assert told_about(parts, "t-1")["order.items"].value == int(later[-1])
