"""Acts are kept before they are worked off, each once, whatever dies in between."""

import asyncio
from pathlib import Path

import pytest

from assist.errors import Stale, StoreUnavailable
from assist.service.case_requests import OutcomeRequest, ProgressRequest
from assist.service.casework import Cases
from assist.service.desk import Desk
from tests.service.casework import a_case, a_desk, decision, done


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


@pytest.fixture
def cases(desk: Desk) -> Cases:
    return desk.cases


def test_the_same_ticket_again_is_the_same_case_and_changes_nothing(cases):
    first = a_case(cases)
    assert a_case(cases) == first


def test_an_act_sent_twice_is_done_once(cases):
    view = a_case(cases)
    first = done(cases.decide(view.case.id, decision(view)))
    assert done(cases.decide(view.case.id, decision(view))) == first


def test_of_two_agents_who_decide_the_second_is_told_who_was_first(cases):
    view = a_case(cases)
    done(cases.decide(view.case.id, decision(view)))

    with pytest.raises(Stale, match="decided by Ann"):
        done(cases.decide(view.case.id, decision(view, "accept", key="k-2", by="Bob")))


def test_an_act_that_was_kept_is_worked_off_by_whoever_comes_next(cases, desk):
    view = a_case(cases)
    desk.parts.checkpoints.failures = 2
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            done(cases.decide(view.case.id, decision(view)))

    behind = cases.view(view.case.id)
    assert (behind.case.status, behind.case.events, behind.case.applied) == ("deciding", 2, 1)
    assert "decision by Ann is not worked off yet" in behind.changed
    assert asyncio.run(cases.recover()) == (view.case.id,)
    after = cases.view(view.case.id)
    assert (after.case.status, after.case.events) == ("waiting", 2)
    assert asyncio.run(cases.recover()) == ()


def test_a_process_that_dies_after_the_state_was_kept_promises_nothing_twice(cases, desk):
    view = a_case(cases)
    desk.parts.cases.failures = 1
    with pytest.raises(StoreUnavailable):
        done(cases.decide(view.case.id, decision(view)))
    after = done(cases.decide(view.case.id, decision(view)))

    assert (after.case.status, after.case.events, after.case.applied) == ("waiting", 2, 2)
    assert len(after.ledger) == len({entry.id for entry in after.ledger}) > 0
    assert len(after.sent) == 1


def test_a_case_whose_first_suggestion_failed_gets_it_when_the_ticket_comes_again(cases, desk):
    desk.parts.checkpoints.failures = 1
    with pytest.raises(StoreUnavailable):
        a_case(cases)
    assert cases.listed(["suggesting"], 9)[0].ticket_id == "t-1"
    assert a_case(cases).case.status == "deciding"


def test_a_case_whose_process_died_before_it_was_kept_that_it_waits_goes_on_where_it_was(
    cases, desk
):
    view = a_case(cases)
    waits = desk.parts.checkpoints.saver.writes
    waits.clear()
    decided = done(cases.decide(view.case.id, decision(view)))
    assert (decided.case.status, len(decided.sent)) == ("waiting", 1)

    waits.clear()
    told = ProgressRequest(key="k-3", by="Ann", text="We will write to you by Friday.")
    assert done(cases.progress(view.case.id, told)).case.status == "waiting"
    waits.clear()
    asked = OutcomeRequest(key="k-4", by="Ann", kind="solved")
    assert done(cases.outcome(view.case.id, asked)).case.status == "solved"
