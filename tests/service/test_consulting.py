"""Asking a colleague: a proposed question or one's own, each asked once."""

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from assist.domain.consultation import Consultation
from assist.domain.suggestion import Suggestion
from assist.errors import AlreadyDone, BadInput, NotFound
from assist.service.consulting import ConsultationRequest, ask
from assist.service.parts import Parts
from tests.builders import NOW
from tests.contracts.store_builders import a_suggestion
from tests.fakes import FrozenClock
from tests.service.consultations import HOUR, RULES, a_question, answered, asked
from tests.service.parts import some_parts


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
        ({"id": "q-1", "by": "", "suggestion_id": "s-1"}, "Field required"),
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
