"""Priority and clocks of whole tickets, as the desk tells them."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from typing import Any

from assist.domain.issue import Priority
from assist.service.desk import Desk
from tests.builders import NOW, a_ticket

DIM = "Since Monday the hub's light is red and it does not connect to the wifi."


def priority(desk: Desk, text: str = DIM, **fields: Any) -> Priority:
    return asyncio.run(desk.suggest(a_ticket(text, **fields), at=NOW)).priority


def told(author: str, hours_ago: int, text: str) -> dict[str, Any]:
    return {"author": author, "text": text, "sent_at": NOW - timedelta(hours=hours_ago)}


def test_the_clock_of_a_conversation_stood_still_while_the_customer_was_asked(
    fennwick: Desk,
) -> None:
    clocks = priority(
        fennwick,
        region="UK",
        created_at=NOW - timedelta(hours=48),
        messages=[
            told("customer", 48, DIM),
            told("agent", 47, "Which color does the light show now?"),
            told("customer", 24, "It is red, and " + DIM),
        ],
    ).clocks
    assert clocks.first_response_met == NOW - timedelta(hours=47)
    assert (clocks.first_response, clocks.resolution) == ("met", "running")
    assert [(pause.clock, pause.hours) for pause in clocks.pauses] == [
        ("resolution", Decimal("7.5"))  # Wednesday 11:00 to Thursday 10:00, closed 17:30 to 9:00
    ]
    assert (
        "the resolution clock stood still for 7.5 business hours while the customer was asked"
        in clocks.reasons
    )


def test_a_contract_sets_other_times_and_says_so(fennwick: Desk) -> None:
    usual = priority(fennwick, region="UK")
    critical = priority(fennwick, region="UK", facts={"customer.contract": "critical"})
    assert usual.clocks.reasons[0].startswith("first response within")
    assert critical.clocks.reasons[0].startswith("contract “critical”: first response within")
    assert "every day 00:00 to 24:00 (Europe/London)" in critical.clocks.reasons[0]
    assert "contract “critical”: urgency raised by 1" in critical.reasons
    assert critical.clocks.resolution_due < usual.clocks.resolution_due
    none = priority(fennwick, region="UK", facts={"customer.contract": "none"})
    assert none == usual


def test_what_the_customer_says_is_settled_has_met_its_clock(fennwick: Desk) -> None:
    messages = [
        told("customer", 48, DIM),
        told("agent", 47, "Press the button on the back for ten seconds."),
        told("customer", 1, "That did it, it works now. Thank you!"),
    ]
    clocks = priority(fennwick, region="UK", messages=messages).clocks
    assert clocks.resolution == "met"
    assert clocks.resolution_met == NOW - timedelta(hours=1)


def test_lost_patience_weighs_only_with_an_earlier_ticket_and_is_quoted(fennwick: Desk) -> None:
    angry = "The Plug 2 gets very warm again and I am fed up with this, it is ridiculous."
    known = priority(fennwick, angry, email="tom.okafor@example.com")
    weighing = [signal for signal in known.signals if signal.name == "frustration"]
    assert [(signal.urgency, signal.impact) for signal in weighing] == [(1, 0)]
    assert weighing[0].span in angry
    assert "the customer had to write again: one earlier ticket about this" in known.reasons
    stranger = priority(fennwick, angry)
    assert "frustration" not in {signal.name for signal in stranger.signals}
