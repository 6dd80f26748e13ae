"""What is taken out of a ticket before it becomes a case."""

from typing import Any

import pytest

from assist.adapters.privacy.redactor import PatternRedactor
from assist.domain.issue import Fact
from assist.domain.ticket import Ticket
from assist.errors import BadInput
from evals.making.facts import known_of
from evals.making.redacting import check_nothing_stays, redacted
from tests.builders import a_ticket
from tests.evals.builders import a_suggestion, an_issue

REDACTOR = PatternRedactor()


def as_case(ticket: Ticket, **fields: Any) -> dict[str, Any]:
    suggestion = a_suggestion(issue=an_issue(**fields))
    known = known_of([ticket], suggestion)
    return redacted(ticket, suggestion, known, REDACTOR)


def test_the_same_value_has_the_same_placeholder_in_subject_and_messages() -> None:
    ticket = a_ticket("I am Ana Lima, ana@example.org.", subject="Ana Lima writes", name="Ana Lima")
    told = as_case(ticket)
    assert told["subject"] == "<NAME_1> writes"
    assert told["messages"] == [{"text": "I am <NAME_1>, <EMAIL_1>."}]


def test_who_wrote_each_message_and_what_is_internal_stays_told() -> None:
    messages = [{"text": "Hi"}, {"author": "agent", "text": "Note", "public": False}]
    told = as_case(a_ticket(messages=messages))
    assert told["messages"] == [
        {"text": "Hi"},
        {"author": "agent", "public": False, "text": "Note"},
    ]


def test_what_decides_stays_and_what_points_to_a_person_does_not() -> None:
    money = {"amount": "5.00", "currency": "USD"}
    facts = {"order": {"id": "FW-1", "total": money}, "a.zip": "97", "a.number": 97}
    ticket = a_ticket("FW-1 is late", facts=facts, id="T-77", tier="gold", metadata={"x": "y"})
    told = as_case(ticket)
    assert told["facts"] == {"order.id": "<ID_1>", "order.total": money}
    assert told["customer"] == {"tier": "gold"}
    assert told["messages"] == [{"text": "<ID_1> is late"}]
    assert "T-77" not in str(told)
    assert "metadata" not in told


def test_that_a_customer_is_known_stays_told_and_who_it_is_does_not() -> None:
    told = as_case(a_ticket("Hello, c-1008 here.", customer={"id": "c-1008"}))
    assert told["customer"] == {"id": "someone"}
    assert told["messages"] == [{"text": "Hello, <ID_1> here."}]
    assert "customer" not in as_case(a_ticket("Hello"))


def test_what_the_account_told_comes_along() -> None:
    facts = (
        Fact(path="order.paid", value=False, source="records"),
        Fact(path="order.id", value="FW-2", source="records"),
        Fact(path="device.color", value="red", source="customer", span="red"),
        Fact(path="customer.tier", value="plus", source="records"),
    )
    told = as_case(a_ticket("It is red, FW-2."), facts=facts)
    assert told["facts"] == {"order.id": "<ID_1>", "order.paid": False}
    assert told["customer"] == {"tier": "plus"}
    assert told["messages"] == [{"text": "It is red, <ID_1>."}]


def test_attachments_keep_their_text_redacted_and_lose_their_names() -> None:
    attached = {"name": "ana-lima.pdf", "type": "application/pdf", "text": "Ana Lima, 12 May"}
    told = as_case(a_ticket("See file", attachments=[attached], name="Ana Lima"))
    assert told["attachments"] == [
        {"name": "attachment-1", "type": "application/pdf", "text": "<NAME_1>, 12 May"}
    ]


def test_a_value_that_stays_is_refused() -> None:
    with pytest.raises(BadInput, match=r"what identifies the customer \(NAME\)"):
        check_nothing_stays("I am ANA  lima.", {"Ana Lima": "NAME"})
    check_nothing_stays("Analysis", {"Ana": "NAME"})
