"""Consultations: asked once, answered with a value that fits, withdrawn; answers become facts."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import JsonValue, ValidationError

from assist.domain.categories import Category
from assist.domain.consultation import Consultation
from assist.domain.issue import Fact
from assist.domain.suggestion import Suggestion
from assist.errors import AlreadyDone, BadInput, NotFound
from assist.graph.history import colleagues_facts
from assist.service.consulting import (
    ConsultationRequest,
    answer,
    ask,
    withdraw,
)
from assist.service.parts import Parts
from tests.builders import NOW
from tests.contracts.store_builders import a_suggestion
from tests.fakes import FrozenClock
from tests.policies.rules import rules
from tests.service.parts import some_parts

HOUR = timedelta(hours=1)
RULES = rules(
    categories=(
        Category(id="delivery", title="Delivery", owner="Logistics"),
        Category(id="other", title="Other"),
    )
)


@pytest.fixture
def parts() -> Parts:
    return some_parts()


def suggested(parts: Parts, *proposed: Consultation, category: str = "delivery") -> Suggestion:
    """A kept suggestion `s-1` for the ticket t-1, with an issue of that category."""
    base = a_suggestion("s-1")
    issue = base.issue.model_copy(update={"category": category})
    made = base.model_copy(update={"issues": (issue,), "issue": issue, "consultations": proposed})
    parts.suggestions.save(made)
    return made


def a_proposal(consultation_id: str = "c-1", **fields: Any) -> Consultation:
    given = {
        "id": consultation_id,
        "ticket_id": "t-1",
        "issue_id": "i-1",
        "question": "Was the order paid?",
        "fact": "order.paid",
        "owner": "Payments",
        "why": "They see the bank's answer.",
        "due": NOW + 2 * HOUR,
    }
    return Consultation.model_validate(given | fields)


def a_question(consultation_id: str = "q-1", **fields: Any) -> ConsultationRequest:
    """An agent's own question about the ticket t-1, with a fact."""
    given = {
        "id": consultation_id,
        "by": "Mo",
        "ticket_id": "t-1",
        "question": "Was the order paid?",
        "fact": "order.paid",
        "owner": "Payments",
        "due": NOW + HOUR,
    }
    return ConsultationRequest.model_validate(given | fields)


def asked(parts: Parts, **fields: Any) -> Consultation:
    return ask(parts, RULES, a_question(**fields))


def answered(
    parts: Parts,
    value: JsonValue,
    *,
    of: str = "q-1",
    note: str = "",
    by: str = "Ida",
    at: datetime = NOW,
) -> Consultation:
    later = replace(parts, clock=FrozenClock(at))
    return answer(later, RULES, of, value=value, note=note, by=by)


def told_about(parts: Parts, ticket_id: str) -> dict[str, Fact]:
    """What colleagues told about a ticket, by path, as the next suggestion for it knows it."""
    return {fact.path: fact for fact in colleagues_facts(parts.consultations.of_ticket(ticket_id))}


def test_a_proposed_question_is_asked_as_it_stands(parts: Parts) -> None:
    suggested(parts, a_proposal("c-1"), a_proposal("c-2"))

    kept = ask(parts, RULES, ConsultationRequest(id="c-2", suggestion_id="s-1", by="Mo"))

    told = {"suggestion_id": "s-1", "state": "open", "asked_by": "Mo", "asked_at": NOW}
    assert kept == a_proposal("c-2", **told)
    assert parts.consultations.open(9) == (kept,)
    assert parts.consultations.of_ticket("t-1") == (kept,)


def test_a_question_of_ones_own_is_asked_with_all_that_is_told(parts: Parts) -> None:
    assert asked(parts, why="It decides the refund.", issue_id="i-3") == Consultation(
        id="q-1",
        ticket_id="t-1",
        issue_id="i-3",
        question="Was the order paid?",
        fact="order.paid",
        owner="Payments",
        why="It decides the refund.",
        due=NOW + HOUR,
        state="open",
        asked_by="Mo",
        asked_at=NOW,
    )


def test_a_suggestion_tells_ticket_issue_and_the_owner_of_its_category(parts: Parts) -> None:
    suggested(parts)

    kept = asked(parts, suggestion_id="s-1", ticket_id=None, owner=None)

    told = (kept.ticket_id, kept.suggestion_id, kept.issue_id, kept.owner)
    assert told == ("t-1", "s-1", "i-1", "Logistics")


@pytest.mark.parametrize("category", ["other", "unheard of"])
def test_where_the_category_has_no_owner_one_must_be_named(parts: Parts, category: str) -> None:
    suggested(parts, category=category)

    with pytest.raises(BadInput, match="nobody is named") as caught:
        asked(parts, suggestion_id="s-1", owner=None)

    assert caught.value.where == "owner"
    assert asked(parts, suggestion_id="s-1", owner="Ida").owner == "Ida"


@pytest.mark.parametrize(
    ("fields", "where", "words"),
    [
        ({"fact": "order.payed"}, "fact", "did you mean order.paid"),
        ({"ticket_id": "t-2", "suggestion_id": "s-1"}, "ticket_id", "is of ticket 't-1'"),
        ({"issue_id": "i-2", "suggestion_id": "s-1"}, "issue_id", "use i-1"),
    ],
)
def test_a_question_that_does_not_fit_is_refused_by_its_field(
    parts: Parts, fields: dict[str, Any], where: str, words: str
) -> None:
    suggested(parts)

    with pytest.raises(BadInput, match=words) as caught:
        asked(parts, **fields)

    assert caught.value.where == where
    assert parts.consultations.open(9) == ()


def test_what_no_suggestion_proposes_is_not_found(parts: Parts) -> None:
    with pytest.raises(NotFound, match="s-1"):
        ask(parts, RULES, ConsultationRequest(id="c-1", suggestion_id="s-1", by="Mo"))
    suggested(parts, a_proposal("c-1"))
    with pytest.raises(NotFound, match="it proposes c-1"):
        ask(parts, RULES, ConsultationRequest(id="c-2", suggestion_id="s-1", by="Mo"))
    suggested(parts)
    with pytest.raises(NotFound, match="send your own"):
        ask(parts, RULES, ConsultationRequest(id="c-1", suggestion_id="s-1", by="Mo"))


def test_the_same_question_again_is_the_one_that_was_kept_however_it_went_on(parts: Parts) -> None:
    first = asked(parts)
    assert ask(replace(parts, clock=FrozenClock(NOW + HOUR)), RULES, a_question()) == first
    told = answered(parts, True)
    assert asked(parts, due=NOW + 9 * HOUR) == told


def test_a_question_proposed_again_by_a_later_suggestion_is_asked_once(parts: Parts) -> None:
    suggested(parts, a_proposal("c-1"))
    first = ask(parts, RULES, ConsultationRequest(id="c-1", suggestion_id="s-1", by="Mo"))
    again = a_suggestion("s-2", consultations=(a_proposal("c-1", due=NOW + 5 * HOUR),))
    parts.suggestions.save(again)

    assert ask(parts, RULES, ConsultationRequest(id="c-1", suggestion_id="s-2", by="Bo")) == first


def test_another_question_of_the_same_id_is_refused(parts: Parts) -> None:
    first = asked(parts)

    with pytest.raises(AlreadyDone, match="q-1"):
        asked(parts, question="Was it insured?")

    assert parts.consultations.open(9) == (first,)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"id": "q-1", "by": "Mo"}, "give a `question`, or the `suggestion_id`"),
        ({"id": "q-1", "by": "Mo", "question": "Why?"}, "needs `due`"),
        ({"id": "q-1", "by": "Mo", "question": "Why?", "due": NOW}, "needs `ticket_id`"),
        (
            {"id": "q-1", "by": "Mo", "suggestion_id": "s-1", "owner": "Ida", "due": NOW},
            "keeps its own due, owner",
        ),
        ({"id": "q 1", "by": "Mo", "suggestion_id": "s-1"}, "pattern"),
        ({"id": "q-1", "by": "", "suggestion_id": "s-1"}, "at least 1 character"),
        (
            {"id": "q-1", "by": "Mo", "ticket_id": "t-1", "question": "", "due": NOW},
            "at least 1 character",
        ),
        (
            {
                "id": "q-1",
                "by": "Mo",
                "ticket_id": "t-1",
                "question": "Why?",
                "due": "2026-11-20T10:00:00",
            },
            "timezone",
        ),
    ],
    ids=range(8),
)
def test_a_request_is_a_proposed_question_or_a_whole_one(
    fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        ConsultationRequest.model_validate(fields)


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
