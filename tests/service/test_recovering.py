"""A server works off what was left of cases by processes that died."""

import asyncio
import time
from pathlib import Path

import pytest

from assist.domain.ticket import Ticket
from assist.errors import StoreUnavailable
from assist.service.desk import Desk
from assist.service.recovering import recovering
from tests.service.casework import ARTICLE, FailingCheckpoints
from tests.service.parts import a_kb, ingested, some_parts

MINUTE = 60.0


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    parts = some_parts(checkpoints=FailingCheckpoints())
    ingested(parts, a_kb(tmp_path, hub=ARTICLE))
    return Desk(parts=parts, records_for=lambda _files: None)


def a_case_left_behind(desk: Desk) -> None:
    """One whose first suggestion could not be made."""
    desk.parts.checkpoints.failures += 1
    with pytest.raises(StoreUnavailable):
        asyncio.run(desk.cases.open(Ticket.model_validate({"id": "t-1", "text": "It blinks."})))


def caught_up(desk: Desk) -> bool:
    until = time.monotonic() + MINUTE
    while desk.parts.cases.behind(1) and time.monotonic() < until:
        time.sleep(0.01)
    return not desk.parts.cases.behind(1)


def test_what_was_left_behind_is_worked_off_at_the_start(desk):
    a_case_left_behind(desk)
    with recovering(desk):
        assert caught_up(desk)
    assert [row.status for row in desk.cases.listed(["deciding"], 9)] == ["deciding"]


def test_it_goes_on_after_a_fault_and_says_it(desk, caplog):
    a_case_left_behind(desk)
    desk.parts.checkpoints.failures = 1
    with recovering(desk, every=0.01):
        assert caught_up(desk)
    assert "cases wait: the database went away" in caplog.text
