from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.issue import Priority
from assist.policies.priority import graded, prioritize
from tests.policies.rules import DEFAULTS, NOW


def priority(text: str, **fields: Any) -> Priority:
    return prioritize(DEFAULTS, text=text, now=fields.pop("now", NOW), **fields)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Could you tell me which colors the chair comes in?", "P4"),
        ("The dishwasher is broken.", "P3"),
        ("You charged me twice.", "P3"),
        ("Our till is not working and this is urgent, please.", "P1"),
        ("There is a smell of gas in the kitchen", "P1"),
        ("All our users are affected, everything is down!", "P1"),
        ("Somebody else is in my account", "P2"),
    ],
)
def test_harm_and_loss_come_before_questions(text: str, level: str) -> None:
    assert priority(text).level == level


def test_what_the_customer_denies_moves_nothing() -> None:
    assert priority("It is not urgent and nothing is broken.").level == "P4"


def test_each_grade_has_its_reason_in_words() -> None:
    found = priority("There is a burning smell", tier="gold", earlier=2, frustrated=True)
    assert found.reasons == (
        "“burning smell”: somebody could be hurt",
        "customer tier gold: urgency raised by 1",
        "the customer had to write again: 2 earlier ticket(s) about this",
        "and has lost patience",
    )
    assert priority("Hello").reasons == (
        "nothing in the message points to harm, loss or a deadline",
    )


def test_tone_alone_moves_nothing() -> None:
    calm, angry = (priority("Where is my parcel?", frustrated=f) for f in (False, True))
    assert calm == angry


def test_clocks_run_from_the_ticket_in_business_hours() -> None:
    found = priority("There is a gas leak", created_at=datetime(2026, 11, 20, 8, 0))
    assert found.clocks.first_response_due.isoformat() == "2026-11-20T09:00:00+00:00"
    assert found.clocks.resolution_hours == 8
    over_the_weekend = priority("The oven is broken").clocks.resolution_due
    assert over_the_weekend.isoformat() == "2026-11-24T10:00:00+00:00"


@pytest.mark.parametrize("year", [1, 1969, 9999])
def test_a_ticket_with_an_impossible_date_still_gets_its_clocks(year: int) -> None:
    found = priority("Hello", created_at=datetime(year, 12, 31))
    assert found.clocks.first_response_due > NOW - timedelta(days=3660)
    assert found.clocks.first_response_due < NOW + timedelta(days=10)


POINTS = st.integers(0, 5)


@given(POINTS, POINTS, POINTS, POINTS)
def test_more_impact_or_urgency_never_lowers_the_priority(
    impact: int, urgency: int, more_impact: int, more_urgency: int
) -> None:
    before, *_ = graded(DEFAULTS.sla, impact, urgency)
    after, *_ = graded(DEFAULTS.sla, impact + more_impact, urgency + more_urgency)
    assert after <= before  # P1 sorts before P2


SENTENCES = st.lists(
    st.sampled_from(
        ["There is a gas leak.", "It is urgent.", "It is broken.", "You charged me twice.",
         "Thank you.", "What are your hours?", "I am still waiting."]
    ),
    max_size=5,
)  # fmt: skip


@given(SENTENCES, SENTENCES)
def test_saying_more_never_lowers_the_priority(said: list[str], more: list[str]) -> None:
    assert priority(" ".join(said + more)).level <= priority(" ".join(said)).level
