from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.sla import Calendar
from assist.domain.ticket import Message
from assist.policies.clocks import Done, first_answer, read_clocks
from assist.policies.sla import add_business_hours, around_the_clock, business_hours_between
from tests.policies.conversations import (
    FOUR_AND_SIXTEEN,
    LONDON,
    SLA,
    agent,
    clocks,
    customer,
    on,
)


def test_without_an_answer_both_clocks_run() -> None:
    found = clocks(customer("16 10:00"))
    assert (found.first_response, found.resolution) == ("running", "running")
    assert found.first_response_due == on("16 14:00")
    assert found.resolution_due == on("18 10:00")  # 7 hours on Monday, 8 on Tuesday, 1 more
    assert (found.first_response_hours, found.resolution_hours) == (4, 16)
    assert (found.first_response_met, found.pauses, found.reasons) == (None, (), ())


def test_the_first_public_answer_after_the_customer_meets_the_first_clock() -> None:
    found = clocks(
        agent("16 09:00", "Welcome."),
        customer("16 10:00"),
        agent("16 10:30", "Looks like the transformer.", public=False),
        Message(author="system", text="Ticket received.", sent_at=on("16 10:31")),
        agent("16 11:00", "We look into it."),
        agent("16 11:30", "Still looking."),
    )
    assert found.first_response_met == on("16 11:00")
    assert (found.first_response, found.resolution) == ("met", "running")


@pytest.mark.parametrize(
    ("answered", "state", "reasons"),
    [
        ("16 14:00", "met", ()),
        ("16 14:06", "breached", ("the first response came 6 business minutes late",)),
        ("17 10:30", "breached", ("the first response came 4.5 business hours late",)),
    ],
)
def test_an_answer_is_in_time_up_to_the_due_time(
    answered: str, state: str, reasons: tuple[str, ...]
) -> None:
    found = clocks(customer("16 10:00"), agent(answered, "We look."), now="17 12:00")
    assert (found.first_response, found.reasons) == (state, reasons)


def test_an_unanswered_clock_is_breached_once_its_time_is_over() -> None:
    assert clocks(now="16 14:00").first_response == "running"
    assert clocks(now="16 14:01").first_response == "breached"
    assert clocks(now="16 14:01").resolution == "running"


def test_an_answer_without_a_time_ends_the_clock_and_says_what_is_not_known() -> None:
    found = clocks(customer(), agent(None, "We look."), now="20 12:00")
    assert (found.first_response, found.first_response_met) == ("met", None)
    assert found.reasons == (
        "the first answer bears no time, so whether it was in time cannot be told",
    )


def test_the_resolution_waits_while_the_customer_is_asked() -> None:
    asked, answered = agent("16 11:00"), customer("17 12:00", "The one in the hall.")
    found = clocks(customer("16 10:00"), asked, answered, now="17 13:00")
    assert found.resolution == "running"
    assert found.resolution_due == on("19 11:00")  # 9 hours later than without the question
    (pause,) = found.pauses
    assert (pause.clock, pause.reason, pause.hours) == ("resolution", "waiting_for_customer", 9)
    assert (pause.since, pause.until) == (on("16 11:00"), on("17 12:00"))
    assert found.reasons == (
        "the resolution clock stood still for 9 business hours while the customer was asked",
    )


def test_a_question_without_an_answer_keeps_the_clock_still() -> None:
    found = clocks(customer("16 10:00"), agent("16 11:00"), now="16 13:30")
    assert found.resolution == "paused"
    assert found.resolution_due == on("18 12:30")
    assert [(p.until, p.hours) for p in found.pauses] == [(None, Decimal("2.5"))]
    assert found.reasons == (
        "the resolution clock stands still: the customer has been asked since 2026-11-16 11:00 UTC",
    )


def test_several_questions_add_up() -> None:
    found = clocks(
        customer("16 10:00"), agent("16 11:00"), customer("16 12:00"),
        agent("16 13:00"), customer("16 13:30"), agent("16 14:00"),
        now="16 15:00",
    )  # fmt: skip
    assert [pause.hours for pause in found.pauses] == [1, Decimal("0.5"), 1]
    assert found.resolution_due == on("18 12:30")
    assert found.reasons == (
        "the resolution clock stood still for 1.5 business hours while the customer was asked",
        "the resolution clock stands still: the customer has been asked since 2026-11-16 14:00 UTC",
    )


def test_a_question_after_the_time_ran_out_stops_nothing() -> None:
    found = clocks(customer("16 10:00"), agent("18 10:00"), now="18 11:00")
    assert found.resolution_due == on("18 10:00")
    assert (found.resolution, found.pauses) == ("breached", ())
    just_before = clocks(customer("16 10:00"), agent("18 09:59"), now="18 11:00")
    assert just_before.resolution_due == on("18 11:01")
    assert just_before.resolution == "paused"


def test_a_question_before_the_clock_began_counts_from_its_beginning() -> None:
    found = clocks(agent("13 12:00"), customer("16 11:00"))
    assert [(p.since, p.hours) for p in found.pauses] == [(on("16 10:00"), 1)]
    assert found.resolution_due == on("18 11:00")


def test_only_the_clocks_that_the_company_names_stand_still() -> None:
    messages = (agent("13 12:00"), customer("16 11:00"))
    none = clocks(*messages, sla=SLA.model_copy(update={"pauses": {}}))
    assert (none.pauses, none.reasons) == ((), ())
    assert none.resolution_due == on("18 10:00")
    first = SLA.model_copy(update={"pauses": {"first_response": ("waiting_for_customer",)}})
    found = clocks(*messages, sla=first)
    assert [pause.clock for pause in found.pauses] == ["first_response"]
    assert found.first_response_due == on("16 15:00")
    assert found.reasons == (
        "the first response clock stood still for 1 business hour while the customer was asked",
    )


def test_messages_without_times_stop_no_clock_and_that_is_said() -> None:
    question = clocks(customer(), agent(), customer(), now="16 12:00")
    assert question.pauses == ()
    assert question.resolution_due == on("18 10:00")
    assert "a message that asks the customer bears no time, so its wait is not counted" in (
        question.reasons
    )
    answer = clocks(customer("16 10:00"), agent("16 11:00"), customer())
    assert answer.pauses == ()
    assert answer.reasons == (
        "an answer of the customer bears no time, so its wait is not counted",
    )


def test_what_is_settled_has_met_its_clock() -> None:
    messages = (customer("16 10:00"), agent("16 11:00"), customer("18 15:00", "It works now."))
    in_time = clocks(*messages, now="20 12:00", settled=Done(True, on("18 15:00")))
    assert (in_time.resolution, in_time.resolution_met) == ("met", on("18 15:00"))
    late = clocks(customer("16 10:00"), now="20 12:00", settled=Done(True, on("18 15:00")))
    assert late.resolution == "breached"
    assert late.reasons == ("the resolution came 5 business hours late",)
    undated = clocks(customer("16 10:00"), now="20 12:00", settled=Done(True))
    assert undated.resolution == "met"
    assert undated.reasons == (
        (
            "the message that says it is settled bears no time, "
            "so whether it was in time cannot be told"
        ),
    )


def test_a_question_after_the_end_of_a_clock_stops_it_no_more() -> None:
    done = Done(True, on("16 12:00"))
    later = clocks(customer("16 10:00"), agent("16 13:00"), now="16 15:00", settled=done)
    assert (later.resolution, later.pauses) == ("met", ())
    assert later.resolution_due == on("18 10:00")
    across = clocks(customer("16 10:00"), agent("16 11:00"), now="16 15:00", settled=done)
    assert [(p.until, p.hours) for p in across.pauses] == [(on("16 12:00"), 1)]
    assert across.resolution_due == on("18 11:00")


def test_a_wait_that_was_over_before_the_clock_began_stops_nothing() -> None:
    early = (agent("16 08:00"), customer("16 09:30"))
    assert clocks(*early).pauses == ()
    later = clocks(*early, agent("16 11:00"), customer("16 12:00"))
    assert [pause.since for pause in later.pauses] == [on("16 11:00")]
    assert later.resolution_due == on("18 11:00")


def test_without_pauses_nothing_is_said_about_messages_without_times() -> None:
    none = SLA.model_copy(update={"pauses": {}})
    assert clocks(customer("16 10:00"), agent("16 11:00"), customer(), sla=none).reasons == ()


def test_a_clock_shorter_than_its_warning_warns_from_its_beginning() -> None:
    early = SLA.model_copy(update={"warn_hours": {"first_response": Decimal(5)}})
    assert clocks(sla=early).first_response_warning == on("16 10:00")


def test_reasons_told_before_come_first() -> None:
    found = clocks(customer("16 10:00"), agent("16 11:00"), reasons=("by contract",))
    assert found.reasons[0] == "by contract"
    assert len(found.reasons) == 2


def test_a_ticket_of_agents_alone_has_no_first_answer() -> None:
    assert first_answer((agent("16 10:00"),)) == Done()
    assert first_answer(()) == Done()


MINUTES = st.integers(0, 60 * 24 * 14)
WAITS = st.lists(MINUTES, max_size=8).map(lambda m: sorted(set(m)))
CALENDARS = st.sampled_from([LONDON, around_the_clock(LONDON)])


def conversation(minutes: list[int], start: datetime) -> tuple[Message, ...]:
    """A question and an answer in turn, at these minutes after the start."""
    return tuple(
        Message(
            author="customer" if n % 2 else "agent",
            text="The hall." if n % 2 else "Which one?",
            sent_at=start + timedelta(minutes=minute),
        )
        for n, minute in enumerate(minutes)
    )


@given(WAITS, st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 30)), CALENDARS)
def test_pauses_push_a_due_time_by_exactly_the_hours_that_stood_still(
    minutes: list[int], begun: datetime, calendar: Calendar
) -> None:
    start = begun.replace(tzinfo=UTC, second=0, microsecond=0)
    now = start + timedelta(days=15)
    read = read_clocks(
        SLA, calendar, FOUR_AND_SIXTEEN, conversation(minutes, start), start=start, now=now
    )
    usual = add_business_hours(calendar, start, Decimal(16))
    stood = sum((pause.hours for pause in read.pauses), Decimal(0))
    assert read.resolution_due >= usual
    assert read.first_response_due == add_business_hours(calendar, start, Decimal(4))
    ran = business_hours_between(calendar, start, read.resolution_due) - stood
    assert abs(ran - 16) < Decimal("1e-9")
    assert read.resolution_warning is not None
    assert start <= read.resolution_warning <= read.resolution_due


@given(WAITS, MINUTES)
def test_one_more_question_never_brings_a_due_time_forward(minutes: list[int], extra: int) -> None:
    start = on("02 09:00")
    now = start + timedelta(days=15)

    def due(times: list[int]) -> datetime:
        told = conversation(times, start)
        return read_clocks(SLA, LONDON, FOUR_AND_SIXTEEN, told, start=start, now=now).resolution_due

    answered = minutes[: len(minutes) // 2 * 2]  # questions that were answered
    later = (answered[-1] if answered else 0) + extra
    assert due([*answered, later, later + 60]) >= due(answered)
