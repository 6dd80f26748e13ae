"""Two weeks after a case was solved somebody looks whether it held; what was found stays."""

import asyncio
from pathlib import Path

import pytest

from assist.errors import AlreadyDone
from assist.service.case_requests import CancelRequest, SettleRequest
from assist.service.desk import Desk
from assist.service.recording import recorded
from assist.service.reminding import Reminding
from tests.service.casework import a_case, decision, done, outcome
from tests.service.follow_ups import DAY, a_follow_up_desk, a_ticket, later, solved, told


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_follow_up_desk(tmp_path)


def looked_at(desk: Desk) -> Desk:
    later(desk, 20 * DAY)
    Reminding(desk).sweep()
    return desk


def test_a_customer_who_did_not_write_again_has_a_solution_that_held(desk):
    view, entry = solved(desk)
    suggestion = view.case.suggestion_id
    looked_at(desk)
    after = desk.cases.view(view.case.id)

    (found,) = after.looks
    assert (found.result, found.entry_id, found.evidence) == ("held", entry.id, ())
    assert after.history[-1].kind == "looked"
    assert (after.case.status, after.case.suggestion_id) == ("solved", suggestion)
    assert (after.case.events, after.case.applied) == (4, 4)
    assert desk.cases.entry(entry.id).state == "kept"
    assert ("look", entry.id) not in told(desk)


def test_a_customer_who_wrote_of_the_same_matter_has_come_back(desk):
    view, entry = solved(desk)
    later(desk, DAY)
    other = a_case(desk.cases, a_ticket(2))
    looked_at(desk)

    (found,) = desk.cases.view(view.case.id).looks
    assert (found.result, found.evidence) == ("came_back", (other.case.id,))
    assert desk.cases.entry(entry.id).state == "broken"
    assert ("look", entry.id) in told(desk)


@pytest.mark.parametrize(
    ("text", "customer"), [("My lamp is dark.", "c-1"), ("My hub blinks red.", "c-2")]
)
def test_another_matter_and_another_customer_are_none_of_it(desk, text, customer):
    view, _ = solved(desk)
    later(desk, DAY)
    a_case(desk.cases, a_ticket(2, text, customer))
    looked_at(desk)
    assert [one.result for one in desk.cases.view(view.case.id).looks] == ["held"]


def test_what_the_customer_wrote_before_is_none_of_it(desk):
    a_case(desk.cases, a_ticket(2))
    later(desk, DAY)
    view, _ = solved(desk)
    looked_at(desk)
    assert [one.result for one in desk.cases.view(view.case.id).looks] == ["held"]


def test_a_customer_without_an_id_leaves_it_unknown(desk):
    view, entry = solved(desk, a_ticket(customer=""))
    looked_at(desk)
    (found,) = desk.cases.view(view.case.id).looks
    assert found.result == "unknown"
    assert "no id" in found.why
    assert desk.cases.entry(entry.id).state == "dropped"
    assert ("look", entry.id) in told(desk)


def test_words_that_nobody_can_place_leave_it_unknown(desk):
    view, _ = solved(desk)
    later(desk, DAY)
    other = a_case(desk.cases, a_ticket(2, "Hello, it is me again."))
    looked_at(desk)
    (found,) = desk.cases.view(view.case.id).looks
    assert (found.result, found.evidence) == ("unknown", (other.case.id,))


def test_a_case_that_opened_again_needs_no_look(desk):
    view, entry = solved(desk)
    newer = a_ticket().model_copy(update={"revision": 2})
    again = a_case(desk.cases, newer)
    assert again.case.status == "deciding"
    dropped = desk.cases.entry(entry.id)
    assert (dropped.state, dropped.settled_by) == ("dropped", "assist")
    assert "opened again" in dropped.note
    looked_at(desk)
    assert desk.cases.view(view.case.id).looks == ()


def test_a_look_is_made_once_however_often_it_is_asked_for(desk):
    view, entry = solved(desk)
    later(desk, 20 * DAY)
    first = asyncio.run(desk.cases.look(entry.id))
    assert asyncio.run(desk.cases.look(entry.id)) == first
    assert len(desk.cases.view(view.case.id).looks) == 1


def test_who_looked_themselves_is_not_asked_again(desk):
    view, entry = solved(desk)
    desk.cases.settle(entry.id, SettleRequest(key="s", by="Ann", state="kept", note="I called"))
    looked_at(desk)
    assert asyncio.run(desk.cases.look(entry.id)) is None
    assert desk.cases.view(view.case.id).looks == ()
    with pytest.raises(AlreadyDone):
        desk.cases.settle(entry.id, SettleRequest(key="t", by="Bob", state="broken"))


def test_a_case_that_was_looked_at_opens_again_with_all_that_it_knows(desk):
    view, _ = solved(desk)
    looked_at(desk)
    again = a_case(desk.cases, a_ticket().model_copy(update={"revision": 2}))
    after = done(desk.cases.decide(again.case.id, decision(again, key="k-9")))
    ended = done(desk.cases.outcome(after.case.id, outcome("solved", key="o-9")))
    assert [e.kind for e in ended.history][-4:] == ["looked", "message", "decision", "outcome"]
    assert ended.case.id == view.case.id
    assert [e.state for e in ended.ledger if e.kind == "look"] == ["kept", "open"]


def test_what_was_found_is_part_of_the_record(desk):
    view, _ = solved(desk)
    looked_at(desk)
    record = recorded(desk.parts, view.case.id)
    assert [one.result for one in record.looks] == ["held"]


def test_a_look_at_a_case_that_was_cancelled_since_is_dropped(desk):
    view, entry = solved(desk)
    again = a_case(desk.cases, a_ticket().model_copy(update={"revision": 2}))
    done(desk.cases.cancel(again.case.id, CancelRequest(key="x", by="Ann")))
    assert desk.cases.entry(entry.id).state == "dropped"
    assert view.case.id == again.case.id
