import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.sla import Asking
from assist.domain.ticket import Message
from assist.policies.waiting import Wait, asks, waits_for_customer
from tests.policies.rules import DEFAULTS

MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
QUESTION = Asking()


def after(minutes: int) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def message(author: str, minutes: int | None, text: str = "Which one?", **fields: bool) -> Message:
    sent = None if minutes is None else after(minutes)
    return Message.model_validate({"author": author, "text": text, "sent_at": sent, **fields})


def waits(*messages: Message, now: int = 600) -> tuple[Wait, ...]:
    return waits_for_customer(messages, QUESTION, after(now)).waits


def test_a_wait_lasts_from_the_question_to_the_answer() -> None:
    found = waits(message("agent", 10), message("customer", 70, "The left one."))
    assert found == (Wait(after(10), after(70)),)


def test_an_open_wait_lasts_until_now() -> None:
    assert waits(message("agent", 10), now=25) == (Wait(after(10), after(25), open=True),)


def test_a_reminder_begins_no_other_wait_and_a_note_ends_none() -> None:
    found = waits(
        message("agent", 10),
        message("agent", 20, "I am out tomorrow."),
        message("agent", 30, "Did you find it?"),
        message("customer", 70, "Yes."),
        message("customer", 80, "On the left."),
    )
    assert found == (Wait(after(10), after(70)),)


def test_notes_and_automatic_messages_neither_ask_nor_answer() -> None:
    found = waits(
        message("agent", 5, "Have we seen this before?", public=False),
        message("system", 6, "How did we do?"),
        message("agent", 10),
        message("system", 20, "Reminder sent."),
        message("customer", 30, "Left.", public=False),
        message("customer", 70, "Left."),
    )
    assert found == (Wait(after(10), after(70)),)


def test_what_asks_nothing_begins_no_wait() -> None:
    assert waits(message("agent", 10, "We look into it."), message("customer", 70)) == ()


def test_a_reminder_with_a_time_stands_for_a_question_without_one() -> None:
    found = waits(message("agent", None), message("agent", 30), message("customer", 70))
    assert found == (Wait(after(30), after(70)),)


def test_times_in_the_future_count_up_to_now_only() -> None:
    assert waits(message("agent", 10), message("customer", 70), now=40) == (
        Wait(after(10), after(40)),
    )
    assert waits(message("agent", 50), message("customer", 70), now=40) == ()
    assert waits(message("agent", 50), now=40) == ()


def test_a_wait_that_ends_before_it_begins_is_none() -> None:
    assert waits(message("agent", 70), message("customer", 10)) == ()


def test_waits_that_overlap_count_once() -> None:
    found = waits(
        message("agent", 40), message("customer", 90),
        message("agent", 10), message("customer", 60),
    )  # fmt: skip
    assert found == (Wait(after(10), after(60)), Wait(after(60), after(90)))


def test_times_without_a_zone_are_read_as_utc() -> None:
    naive = Message(author="agent", text="Which?", sent_at=after(10).replace(tzinfo=None))
    assert waits(naive, now=25) == (Wait(after(10), after(25), open=True),)


@pytest.mark.parametrize(
    ("messages", "untold"),
    [
        ((message("agent", None), message("customer", 70)),
         ("a message that asks the customer bears no time, so its wait is not counted",)),
        ((message("agent", None),),
         ("a message that asks the customer bears no time, so its wait is not counted",)),
        ((message("agent", 10), message("customer", None)),
         ("an answer of the customer bears no time, so its wait is not counted",)),
        ((message("agent", 10), message("customer", 70)), ()),
        ((message("agent", 10),), ()),
        ((message("agent", None, "We look."), message("customer", None, "Fine.")), ()),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_said(
    messages: tuple[Message, ...], untold: tuple[str, ...]
) -> None:
    assert waits_for_customer(messages, QUESTION, after(600)).untold == untold


@pytest.mark.parametrize(
    "text",
    [
        "Hello Ana,\n\nwhich color does the light show?\n\nRegards, Ben",
        "Is it the left one (or both?)",
        "Please send a photo of the label.",
        "We are still waiting for your reply.",
        "Welche Farbe hat das Licht？",
        "Which lamp is it? Is there anything else we can do for you?",
    ],
)
def test_a_question_or_a_request_asks(text: str) -> None:
    assert asks(text, DEFAULTS.sla.asking)


@pytest.mark.parametrize(
    "text",
    [
        "We have sent you a new lamp.",
        "Is there anything else I can help you with?",
        "If you have any questions, write to us.",
        "No need to answer; please do not send photos.",
        "Done.\n\nOn Mon, 16 Nov 2026 at 09:00, Ana wrote:\n> Which lamp did you send?",
    ],
)
def test_a_courtesy_a_report_and_a_quoted_question_do_not_ask(text: str) -> None:
    assert not asks(text, DEFAULTS.sla.asking)


TURNS = st.lists(
    st.tuples(st.sampled_from(["agent", "customer", "system"]), st.none() | st.integers(0, 900)),
    max_size=10,
)


@given(TURNS)
def test_waits_are_in_order_apart_and_never_past_now(turns: list[tuple[str, int | None]]) -> None:
    found = waits(*(message(author, minutes) for author, minutes in turns))
    assert all(wait.since < wait.until <= after(600) for wait in found)
    assert all(one.until <= other.since for one, other in itertools.pairwise(found))
