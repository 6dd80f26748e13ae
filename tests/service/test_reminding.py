"""When the time of something has come, who has to look at it is told, each once."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from assist.domain.ledger import GRACE
from assist.errors import StoreUnavailable
from assist.service.case_requests import SettleRequest
from assist.service.desk import Desk
from assist.service.reminding import Reminding
from assist.service.timekeeping import timekeeping
from tests.contracts.handing_over_builders import an_escalation
from tests.service.follow_ups import DAY, a_follow_up_desk, a_ticket, later, promised, told

MINUTE = 60.0


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_follow_up_desk(tmp_path)


@pytest.fixture
def reminding(desk: Desk) -> Reminding:
    return Reminding(desk)


def test_nobody_is_told_before_the_time_and_the_rest_is_waited_for(desk, reminding):
    _, entry = promised(desk)
    assert reminding.attend("entry", entry.id) == entry.check_at - desk.parts.clock.now()
    assert told(desk) == []


def test_who_owns_it_is_told_when_it_is_due_and_again_when_it_is_overdue(desk, reminding):
    _, entry = promised(desk)
    desk.parts.clock.time = entry.check_at
    wait = reminding.attend("entry", entry.id)
    assert told(desk) == [("due", entry.id)]
    notice = desk.parts.notices.get(f"due-{entry.id}")
    assert (notice.owner, notice.case_id, notice.due) == ("company", entry.case_id, entry.due)

    later(desk, wait)
    assert reminding.attend("entry", entry.id) is None
    assert desk.parts.clock.now() == entry.due + GRACE
    assert told(desk) == [("due", entry.id), ("overdue", entry.id)]


def test_a_look_at_the_same_twice_tells_nobody_twice(desk, reminding):
    _, entry = promised(desk)
    later(desk, 9 * DAY)
    for _ in range(3):
        reminding.attend("entry", entry.id)
        reminding.sweep()
    assert told(desk) == [("due", entry.id), ("overdue", entry.id)]


def test_of_what_was_kept_nobody_is_told(desk, reminding):
    _, entry = promised(desk)
    desk.cases.settle(entry.id, SettleRequest(key="s", by="Ann", state="kept"))
    later(desk, 9 * DAY)
    assert reminding.attend("entry", entry.id) is None
    assert (told(desk), reminding.sweep()) == ([], 0)


def test_a_timer_that_was_lost_or_jumped_over_by_the_clock_is_found(desk, reminding):
    entries = [promised(desk, a_ticket(number))[1] for number in (1, 2)]
    assert reminding.sweep() == 0
    later(desk, 9 * DAY)
    assert reminding.sweep() == 2
    assert sorted(told(desk)) == sorted((k, e.id) for e in entries for k in ("due", "overdue"))
    assert reminding.sweep() == 0


def test_a_clock_that_is_set_back_tells_nobody_again_and_takes_nothing_back(desk, reminding):
    _, entry = promised(desk)
    later(desk, 9 * DAY)
    reminding.sweep()
    later(desk, -9 * DAY)
    assert reminding.attend("entry", entry.id) > timedelta(0)
    later(desk, 9 * DAY)
    reminding.sweep()
    assert told(desk) == [("due", entry.id), ("overdue", entry.id)]


def test_what_was_erased_needs_no_look(reminding):
    assert reminding.attend("entry", "e-9") is None
    assert reminding.attend("escalation", "x-9") is None


def test_an_escalation_that_nobody_answered_is_told_of_after_its_deadline(desk, reminding):
    view, _ = promised(desk)
    deadline = desk.parts.clock.now() + DAY
    one = an_escalation().model_copy(update={"case_id": view.case.id, "deadline": deadline})
    desk.parts.escalated.add(one)
    assert reminding.attend("escalation", one.id) == DAY
    later(desk, DAY)
    reminding.sweep()
    reminding.sweep()
    assert told(desk) == [("escalation_deadline", one.id)]
    assert desk.parts.notices.get(f"escalation_deadline-{one.id}").owner == one.path.team


def test_an_entry_that_cannot_be_looked_at_keeps_no_other_from_it(desk, reminding, caplog):
    for number in (1, 2):
        promised(desk, a_ticket(number))
    later(desk, 9 * DAY)
    made, failures = desk.parts.notices.make, [None]

    def make(notice):
        if failures:
            failures.pop()
            raise StoreUnavailable("the database went away")
        return made(notice)

    desk.parts.notices.make = make
    with pytest.raises(StoreUnavailable):
        reminding.sweep()
    assert reminding.sweep() == 2
    assert len(told(desk)) == 4


def test_a_server_tells_of_what_was_due_before_it_began(desk):
    _, entry = promised(desk)
    later(desk, 9 * DAY)
    with timekeeping(desk, sweep_every=0.01):
        until = time.monotonic() + MINUTE
        while len(told(desk)) < 2 and time.monotonic() < until:
            time.sleep(0.01)
    assert told(desk) == [("due", entry.id), ("overdue", entry.id)]
