"""The record of a case as it is read from what was kept."""

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest

from assist.domain.grants import Granted
from assist.domain.record import Record
from assist.errors import NotFound
from assist.graph.casework.record import as_markdown
from assist.service.case_requests import DecisionRequest, OutcomeRequest, SettleRequest
from assist.service.desk import Desk
from assist.service.recording import recorded, rules_of
from tests.builders import NOW, a_ticket
from tests.service.parts import a_kb, ingested, some_parts

T = TypeVar("T")
ANA = {"id": "c-1001", "name": "Ana Lima", "email": "ana.lima@example.com"}
TICKET = a_ticket(
    "My hub blinks red. I am Ana Lima, my mail is ana.lima@example.com. What can I do?",
    channel="email",
    customer=ANA,
)
ARTICLE = """# The hub blinks red

Hold the button of the hub for ten seconds. The light turns green after a minute.
"""


def done(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    parts = some_parts()
    ingested(parts, a_kb(tmp_path, hub=ARTICLE))
    return Desk(parts=parts, records_for=lambda _: None)


def a_closed_case(desk: Desk) -> Record:
    """Ana's case: the draft was edited, the promise kept, and the customer is content."""
    view = done(desk.cases.open(TICKET, at=NOW))
    assert view.suggestion is not None
    decision = DecisionRequest(
        key="d-1",
        by="Kim",
        kind="edit",
        suggestion_id=view.suggestion.id,
        text=f"{view.suggestion.draft.text}\nAna, we will call you by Monday.",
    )
    view = done(desk.cases.decide(view.case.id, decision))
    promised = next(entry for entry in view.ledger if entry.kind == "promise")
    desk.cases.settle(promised.id, SettleRequest(key="s-1", by="Kim", state="kept"))
    outcome = OutcomeRequest(
        key="o-1", by="Kim", kind="solved", rating=5, comment="Ana Lima says it is green."
    )
    done(desk.cases.outcome(view.case.id, outcome))
    return recorded(desk.parts, view.case.id)


def test_a_record_holds_what_was_decided_promised_and_found(desk: Desk) -> None:
    record = a_closed_case(desk)

    assert (record.status, record.ticket_id, record.opened_at) == ("solved", "t-1", NOW)
    assert record.outcome is not None
    assert (record.outcome.kind, record.outcome.rating) == ("solved", 5)
    (deviation,) = record.deviations
    assert (deviation.kind, deviation.by, deviation.changed) == ("edit", "Kim", 7)
    kept = [entry.text for entry in record.promises if entry.state == "kept"]
    assert len(kept) == 1
    assert "look" in {entry.kind for entry in record.promises}
    assert record.links.suggestion_ids == (deviation.suggestion_id,)
    assert record.links.generations


def test_of_the_customer_a_record_names_the_id_alone(desk: Desk) -> None:
    record = a_closed_case(desk)

    for told in (record.model_dump_json(), as_markdown(record)):
        assert "Ana" not in told
        assert "Lima" not in told
        assert "example.com" not in told
    assert record.customer_id == "c-1001"
    assert "EMAIL_1" in record.issues[0].words


def test_a_record_is_read_again_from_its_json(desk: Desk) -> None:
    record = a_closed_case(desk)
    assert Record.model_validate_json(record.model_dump_json()) == record


def test_what_was_granted_for_this_ticket_is_in_the_record(desk: Desk) -> None:
    for number, ticket_id in enumerate(("t-1", "t-2")):
        with desk.parts.grants.booking("c-1001") as booking:
            booking.add(
                Granted(
                    id=f"g-{number}",
                    customer_id="c-1001",
                    ticket_id=ticket_id,
                    action="credit",
                    level="lead",
                    by="Lee",
                    at=NOW,
                )
            )
    record = a_closed_case(desk)
    assert [(one.id, one.by, one.level) for one in record.granted] == [("g-0", "Lee", "lead")]


def test_a_case_that_has_not_ended_has_a_record_so_far(desk: Desk) -> None:
    view = done(desk.cases.open(TICKET, at=NOW))
    record = recorded(desk.parts, view.case.id)
    assert (record.status, record.closed_at, record.outcome) == ("deciding", None, None)
    assert record.issues


def test_there_is_no_record_of_a_case_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        recorded(desk.parts, "case-none")


def test_the_rules_of_a_generation_are_read_while_it_is_kept(desk: Desk) -> None:
    generation = desk.opened().library.generation
    rules = rules_of(desk.parts.knowledge, generation.id)
    assert rules is not None
    assert rules == desk.opened().policy_set
    assert rules_of(desk.parts.knowledge, "g-none") is None
