"""Contacts that a word in time would have avoided: by rules, each contact once."""

from datetime import datetime, timedelta
from typing import Any

from assist.domain.lessons import Preventable
from assist.domain.seen_case import Promised, SeenCase
from assist.insights.prevention import preventable
from assist.insights.trends.volume import volumes, window
from tests.insights.trends.case_builders import DAY, FIRST, a_case, some_cases

HOUR = timedelta(hours=1)


def found(cases: list[SeenCase]) -> tuple[Preventable, ...]:
    """Over 84 days."""
    counted = volumes(cases, [], window(FIRST, FIRST + 84 * DAY, FIRST))
    return preventable(cases, counted)


def promised(due: datetime, settled_at: datetime | None = None) -> Promised:
    """Something promised on the first day."""
    return Promised(text="send the parcel", made_at=FIRST, due=due, settled_at=settled_at)


def again(number: int, *wrote: datetime, **fields: Any) -> SeenCase:
    """A case whose customer wrote first, was answered after an hour, and wrote then."""
    given = {"wrote_at": (FIRST - HOUR, *wrote), "first_sent_at": FIRST}
    return a_case(number, **(given | fields))


def test_who_writes_after_a_promised_time_has_passed_was_told_nothing() -> None:
    late = [again(n, FIRST + 4 * DAY, promises=(promised(FIRST + 2 * DAY),)) for n in range(3)]

    (one,) = found(late)

    assert (one.kind, one.contacts, one.of) == ("overdue_promise", 3, 6)
    assert one.says.startswith("3 times a customer wrote after a promised time had passed")
    assert one.examples[0].statement == "The parcel did not arrive."


def test_who_writes_before_the_promised_time_did_not_know_it() -> None:
    early = [again(n, FIRST + DAY, promises=(promised(FIRST + 2 * DAY),)) for n in range(3)]
    assert [one.kind for one in found(early)] == ["before_due"]


def test_a_new_ticket_of_the_same_customer_about_the_same_counts_too() -> None:
    cases = []
    for number in range(3):
        customer = f"c-{number}"
        promise = (promised(FIRST + 2 * DAY),)
        cases.append(again(number, customer_id=customer, promises=promise))
        cases.append(a_case(10 + number, 1, customer_id=customer))
    assert [(one.kind, one.contacts) for one in found(cases)] == [("before_due", 3)]


def test_what_was_settled_before_is_nobodys_fault() -> None:
    kept = promised(FIRST + 2 * DAY, settled_at=FIRST + 2 * DAY)
    assert found([again(n, FIRST + 4 * DAY, promises=(kept,)) for n in range(3)]) == ()


def test_who_writes_again_before_anybody_answered_chased_us() -> None:
    waiting = [
        again(n, FIRST + 5 * HOUR, first_sent_at=None if n else FIRST + DAY) for n in range(3)
    ]
    assert [(one.kind, one.contacts) for one in found(waiting)] == [("chased", 3)]


def test_messages_in_pieces_are_one_contact() -> None:
    pieces = [again(n, FIRST - HOUR / 2, first_sent_at=FIRST + DAY) for n in range(5)]
    assert found(pieces) == ()


def test_fewer_than_three_are_chance() -> None:
    late = [again(n, FIRST + 4 * DAY, promises=(promised(FIRST + 2 * DAY),)) for n in range(2)]
    assert found(late) == ()


def test_customers_without_an_id_are_not_taken_for_one() -> None:
    cases = [again(0, promises=(promised(FIRST + 2 * DAY),), customer_id=None)]
    cases += some_cases(1, 1, 1, first=10, customer_id=None)
    assert found(cases) == ()


def test_a_wave_is_told_with_how_many_more_than_usual_it_brought() -> None:
    usual = [float(day) for day in range(0, 84, 3)]
    wave = [40 + place / 6 for place in range(60)]

    (one,) = found(some_cases(*usual, *wave))

    assert one.kind == "wave"
    assert 45 <= one.contacts <= 65
    assert "more than usual came in a wave from 2026-07" in one.says
    assert len(one.examples) == 3


def test_a_rise_that_stays_is_no_wave() -> None:
    usual = [float(day) for day in range(0, 40, 3)]
    more = [40 + place / 3 for place in range(132)]
    assert found(some_cases(*usual, *more)) == ()
