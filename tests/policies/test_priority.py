from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.issue import Priority, PrioritySignal
from assist.domain.policy import PolicySet
from assist.domain.sla import Calendar, History, Signal
from assist.domain.ticket import Message
from assist.policies.clocks import Done
from assist.policies.priority import NOTHING, graded, prioritize
from tests.policies.rules import DEFAULTS, NOW, an_sla, rules


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
    found = priority("There is a burning smell", tier="gold", earlier=2, frustration="fed up")
    assert found.reasons == (
        "“burning smell”: somebody could be hurt",
        "“fed up”: the customer has lost patience over having to write again",
        "customer tier gold: urgency raised by 1",
        "the customer had to write again: 2 earlier tickets about this",
    )
    assert priority("Hello").reasons == (
        "nothing in the message points to harm, loss or a deadline",
    )


def test_each_signal_is_named_with_its_words_and_what_it_weighs() -> None:
    found = priority("You charged me twice, and I am fed up", earlier=1, frustration="fed up")
    assert found.signals == (
        PrioritySignal(
            name="money at risk", span="charged me twice", impact=1, urgency=1,
            reason="money is being lost",
        ),
        PrioritySignal(
            name="frustration", span="fed up", impact=0, urgency=1,
            reason="the customer has lost patience over having to write again",
        ),
    )  # fmt: skip
    assert (found.impact, found.urgency) == ("medium", "high")
    assert found.reasons[-1] == "the customer had to write again: one earlier ticket about this"
    assert priority("Hello").signals == ()


def weighed(**weights: int) -> PolicySet:
    """The packaged rules with other weights for what one message does not tell."""
    return rules(sla=an_sla(history=History(**weights)))


@pytest.mark.parametrize(
    ("weights", "given", "urgency"),
    [
        ({}, {"earlier": 0}, "low"),
        ({}, {"earlier": 1}, "medium"),
        ({}, {"earlier": 9}, "medium"),
        ({}, {"earlier": 1, "frustration": "fed up"}, "high"),
        ({}, {"earlier": 0, "frustration": "fed up"}, "low"),
        ({}, {"unread": "it is in Finnish"}, "high"),
        ({"earlier": 2}, {"earlier": 1}, "high"),
        ({"earlier": 0}, {"earlier": 1}, "low"),
        ({"frustration": 0}, {"earlier": 1, "frustration": "fed up"}, "medium"),
        ({"unread": 1}, {"unread": "it is in Finnish"}, "medium"),
        ({"unread": 0}, {"unread": "it is in Finnish"}, "low"),
    ],
)
def test_the_weights_stand_in_the_file(
    weights: dict[str, int], given: dict[str, Any], urgency: str
) -> None:
    found = prioritize(weighed(**weights), text="Where is my parcel?", now=NOW, **given)
    assert found.urgency == urgency
    assert (found.reasons == (NOTHING,)) == (urgency == "low")


def test_what_nobody_has_read_says_why_it_goes_first() -> None:
    found = priority("Missä pakettini on?", unread="nobody has read it: it is in Finnish")
    assert found.reasons == ("nobody has read it: it is in Finnish, and it may be urgent",)


def test_a_signal_that_weighs_nothing_is_heard_and_gives_no_reason() -> None:
    quiet = Signal(name="color", phrases=("color",), category="questions")
    plain = Signal(name="chair", phrases=("chair",), impact=1)
    found = prioritize(
        rules(sla=an_sla(signals=(quiet, plain))), text="Which color is the chair?", now=NOW
    )
    assert [(s.name, s.span, s.reason) for s in found.signals] == [
        ("color", "color", "color"), ("chair", "chair", "chair"),
    ]  # fmt: skip
    assert found.reasons == ("“chair”: chair",)


def test_messages_tell_how_the_clocks_stand() -> None:
    began = NOW - timedelta(hours=3)
    asked = Message(author="agent", text="Which chair?", sent_at=began + timedelta(hours=1))
    found = priority(
        "The chair is broken", created_at=began,
        messages=(Message(text="The chair is broken", sent_at=began), asked),
    ).clocks  # fmt: skip
    assert (found.first_response, found.resolution) == ("met", "paused")
    assert found.first_response_met == asked.sent_at
    assert found.resolution_due - began == timedelta(days=4, hours=2)  # 48 hours, a weekend, 2 more
    assert found.reasons == (
        (
            "first response within 8 and resolution within 48 business hours, "
            "Monday to Friday 00:00 to 24:00 (UTC)"
        ),
        "the resolution clock stands still: the customer has been asked since 2026-11-20 08:00 UTC",
    )
    settled = priority("It works again", settled=Done(True, NOW)).clocks
    assert (settled.resolution, settled.resolution_met) == ("met", NOW)


def test_the_region_sets_the_hours_and_an_unnamed_tier_raises_nothing() -> None:
    world, shop = (Calendar(region=r, time_zone=z) for r, z in (("w", "UTC"), ("s", "Asia/Tokyo")))
    sla = an_sla(calendars=(world, shop), default_region="w", tier_boost={"gold": 1})
    told = prioritize(rules(sla=sla), text="Hello", now=NOW, region="s", tier="plain")
    assert told.clocks.reasons[0].endswith("Monday to Friday 09:00 to 17:00 (Asia/Tokyo)")
    assert told.reasons == (NOTHING,)


def test_a_ticket_from_the_future_starts_now() -> None:
    found = priority("The oven is broken", created_at=NOW + timedelta(days=1)).clocks
    assert found.first_response_due == NOW + timedelta(hours=8)
    long_ago = priority("The oven is broken", created_at=NOW - timedelta(days=3651)).clocks
    assert long_ago.first_response_due == NOW - timedelta(days=3650) + timedelta(hours=8)


def test_tone_alone_moves_nothing() -> None:
    calm, angry = (
        priority("Where is my parcel?", frustration="fed up" if f else "") for f in (False, True)
    )
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


SIGNALS = st.lists(
    st.builds(
        Signal,
        name=st.uuids().map(str),
        phrases=st.just(("lamp",)),
        impact=st.integers(0, 2),
        urgency=st.integers(0, 2),
    ),
    max_size=4,
)


@given(SIGNALS, SIGNALS, st.integers(0, 2), st.sampled_from(["", "fed up"]))
def test_more_signals_never_lower_the_priority_nor_delay_the_clocks(
    some: list[Signal], more: list[Signal], earlier: int, angry: str
) -> None:
    given = {"text": "My lamp", "now": NOW, "earlier": earlier, "frustration": angry}
    few = prioritize(rules(sla=an_sla(signals=tuple(some))), **given)
    many = prioritize(rules(sla=an_sla(signals=(*some, *more))), **given)
    assert many.level <= few.level
    assert many.clocks.first_response_due <= few.clocks.first_response_due
    assert many.clocks.resolution_due <= few.clocks.resolution_due
    assert len(many.signals) >= len(few.signals)
