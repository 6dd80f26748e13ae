"""The reply fits this customer: their matter, their record, every point, and nobody else's case."""

import asyncio

import pytest

from assist.domain.suggestion import Suggestion
from assist.service.desk import Desk
from tests.builders import NOW, a_ticket
from tests.graph.checks import check_sound

RECALLED = {"id": "c-1010", "name": "Callum Reid", "email": "callum.reid@example.com"}
CONSUMER = {"id": "c-1003", "name": "Marta Nowak", "email": "marta.nowak@example.com"}
WAITING = {"id": "c-1005", "email": "harpreet.singh@example.com", "identity_verified": True}
ALERTED = {"id": "c-1012", "name": "Walter Nguyen", "email": "walter.nguyen@example.com"}


def suggested(desk: Desk, text: str, **fields: object) -> Suggestion:
    own = {"id": "t-fits", **fields}  # the desk is shared, and others ask colleagues about t-1
    found = asyncio.run(desk.suggest(a_ticket(text, **own), at=NOW))
    check_sound(found, desk)
    return found


def cited(found: Suggestion) -> set[str]:
    return {c.document_id for s in found.draft.sentences for c in s.citations}


def test_money_back_for_a_recalled_device_is_the_recalls_remedy(fennwick: Desk) -> None:
    text = "I read about the recall of the Plug 2, mine is P2-2411-04821. I want my money back."
    found = suggested(fennwick, text, customer=RECALLED)
    assert cited(found) == {"recall-plug-2"}
    assert "a full refund" in found.draft.text
    assert "does not allow" not in found.draft.text
    assert {p.status for p in found.issues[0].points} == {"answered"}


@pytest.mark.parametrize(
    "text", ["Can I return a device after the box is open?", "How long can I return the Camera 3?"]
)
def test_a_consumer_on_record_gets_no_article_for_businesses(fennwick: Desk, text: str) -> None:
    assert "business-accounts" not in cited(suggested(fennwick, text, customer=CONSUMER))


def test_each_of_three_matters_has_its_part_in_the_reply(fennwick: Desk) -> None:
    found = suggested(
        fennwick,
        "My thermostat shows the wrong temperature. The doorbell does not ring any more. "
        "And how do I cancel Fennwick Care?",
        region="US",
    )
    assert {i.category for i in found.issues} == {"heating", "video", "subscription"}
    for title in ("thermostat and heating", "camera and doorbell video", "Fennwick Care plan"):
        assert f"About {title}:" in found.draft.text


def test_a_parcel_in_transit_is_not_looked_for_at_the_neighbors(fennwick: Desk) -> None:
    found = suggested(fennwick, "Where is my parcel FW-20502?", customer=WAITING)
    assert "parcel status: in transit" in found.draft.text
    assert "last scan: Monday 9 November 2026" in found.draft.text
    assert "neighbors" not in found.draft.text


def test_what_is_on_record_is_told_to_whom_we_have_checked_alone(fennwick: Desk) -> None:
    unchecked = WAITING | {"identity_verified": False}
    found = suggested(fennwick, "Where is my parcel FW-20502?", customer=unchecked)
    assert "on record" not in found.draft.text


def test_a_refund_sent_weeks_ago_is_named_with_its_day(fennwick: Desk) -> None:
    facts = {"order.refund_sent_at": "2026-10-20", "order.id": "FW-20418"}
    who = {"region": "US", "identity_verified": True}
    found = suggested(fennwick, "Where is my refund?", customer=who, facts=facts)
    assert "refund date: Tuesday 20 October 2026" in found.draft.text


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("The heating does not come on and it is cold in the house.", ALERTED),
        ("My 84 year old mother sits in a cold house.", {"region": "US"}),
        ("My father is 81, his flat is ice cold and the heating won't start.", {"region": "UK"}),
    ],
)
def test_somebody_frail_in_a_cold_home_is_a_matter_of_safety(
    fennwick: Desk, text: str, customer: dict[str, str]
) -> None:
    found = suggested(fennwick, text, customer=customer)
    assert "safety" in {t.code for t in found.escalation.triggers}


def test_a_medical_alert_on_record_alone_escalates_nothing(fennwick: Desk) -> None:
    found = suggested(fennwick, "How do I get an invoice?", customer=ALERTED)
    assert not found.escalation.needed


def test_a_forgotten_password_is_no_break_in(fennwick: Desk) -> None:
    found = suggested(fennwick, "How do I reset my password?", region="US")
    assert cited(found) == {"password-two-step"}
    assert "Sign out everywhere" not in found.draft.text


def test_an_error_without_its_code_is_asked_for_its_code(fennwick: Desk) -> None:
    found = suggested(fennwick, "My thermostat shows an error, what does it mean?", region="US")
    assert "T-31" not in found.draft.text
    assert "device.error_code" in {q.fact for q in found.questions}


def test_a_serial_number_that_was_told_is_not_asked_for(fennwick: Desk) -> None:
    text = "My Plug 2 with the serial number P2-2411-04821 has been recalled, what now?"
    found = suggested(fennwick, text, region="UK")
    assert "device.serial" not in {q.fact for q in found.questions}


@pytest.mark.parametrize("greeting", ["Guten Tag,", "Guten Tag\n", "Bonjour,", "Hi"])
def test_a_greeting_in_any_language_is_no_request(fennwick: Desk, greeting: str) -> None:
    found = suggested(fennwick, f"{greeting} please cancel my order FW-20541.", region="EU")
    assert found.issue.statement == "The customer asks us to cancel their order FW-20541."
