"""A customer who only thanks us, or only greets, and a region that the company does not know."""

import asyncio
from typing import Any

import pytest

from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Customer
from assist.service.desk import Desk
from tests.builders import NOW, a_ticket
from tests.graph.checks import check_sound

pytestmark = pytest.mark.model


def suggested(desk: Desk, text: str, **customer: Any) -> Suggestion:
    ticket = a_ticket(text).model_copy(update={"customer": Customer.model_validate(customer)})
    found = asyncio.run(desk.suggest(ticket, at=NOW))
    check_sound(found, desk)
    return found


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("Thank you so much, works perfectly now!", "glad that it works now"),
        ("Thanks a lot!", "You are welcome"),
    ],
)
def test_who_only_thanks_is_thanked_and_asked_and_promised_nothing(
    fennwick: Desk, text: str, answered: str
) -> None:
    found = suggested(fennwick, text)
    assert answered in found.draft.text
    assert "confirmed answer" not in found.draft.text
    assert (found.questions, found.promises) == ((), ())
    assert found.abstention is not None
    assert found.abstention.reason.startswith("the customer asks nothing")


def test_who_thanks_and_still_has_trouble_is_not_taken_for_served(fennwick: Desk) -> None:
    found = suggested(fennwick, "Thanks, but my hub is still offline and shows E-217.")
    assert "You are welcome" not in found.draft.text
    assert "glad" not in found.draft.text


def test_who_only_greets_is_asked_what_it_is_about(fennwick: Desk) -> None:
    found = suggested(fennwick, "hi")
    assert [q.text for q in found.questions] == [
        "Could you describe what you were trying to do, what happened instead, and since when?"
    ]
    assert found.abstention is not None
    assert found.abstention.reason == "the customer has only greeted: nothing is asked yet"


def test_a_region_that_is_not_known_is_said_with_what_follows(fennwick: Desk) -> None:
    (note,) = suggested(fennwick, "Where is my parcel?", region="DE").notes
    assert note.startswith("the region “DE” is none of US, UK, EU")
    assert suggested(fennwick, "Where is my parcel?", region="EU").notes == ()


def test_a_dead_thermostat_and_a_baby_are_not_left_to_the_end_of_the_queue(fennwick: Desk) -> None:
    text = "my thermostat hasnt worked since Tuesday and I have a 3 month old baby."
    found = suggested(fennwick, text, region="EU")
    assert "safety" in {trigger.code for trigger in found.escalation.triggers}
