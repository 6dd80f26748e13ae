"""Gaps are looked for every night, when it was missed, and when somebody asks."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from assist.domain.gap_work import GapRun, GapSettings
from assist.errors import AssistError, NotReady
from assist.service.desk import Desk
from assist.service.gaps.desk import GapDesk
from assist.service.gaps.nightly import AGAIN, Nightly
from assist.service.reminding import Reminding
from assist.service.timekeeping import timekeeping
from tests.contracts.gap_store import a_gap_run
from tests.service.follow_ups import SetClock
from tests.service.parts import some_parts

NIGHT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = 24 * HOUR


@pytest.fixture
def desk() -> Desk:
    """At ten in the evening, nothing ingested, so that every look fails and says so."""
    return a_desk()


def a_desk(**settings: object) -> Desk:
    return Desk(
        parts=some_parts(clock=SetClock(NIGHT - 4 * HOUR)),
        records_for=lambda _files: None,
        gap_settings=GapSettings.model_validate(settings),
    )


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When gaps were looked for; each look finds nothing."""
    times: list[datetime] = []

    def mine(self: GapDesk, _progress: object = None) -> GapRun:
        now = self.desk.parts.clock.now()
        times.append(now)
        run = a_gap_run(started_at=now, ended_at=now)
        self.desk.parts.gaps.add_run(run)
        return run

    monkeypatch.setattr(GapDesk, "mine", mine)
    return times


def at(desk: Desk, when: datetime) -> None:
    desk.parts.clock.time = when  # type: ignore[attr-defined]


def ended(nightly: Nightly, about: str) -> timedelta | None:
    """What is told once the look that was begun has ended."""
    told = nightly.attend(about)
    for _ in range(500):
        if told != AGAIN:
            return told
        time.sleep(0.01)
        told = nightly.attend(about)
    return told


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(500):
        if is_so():
            return
        time.sleep(0.01)
    raise AssertionError("it never was")


def test_it_waits_for_the_hour_looks_once_and_sets_the_next_night(
    desk: Desk, looks: list[datetime]
) -> None:
    nightly = Nightly(desk)
    assert nightly.attend(NIGHT.isoformat()) == 4 * HOUR
    at(desk, NIGHT)
    assert ended(nightly, NIGHT.isoformat()) is None
    assert ended(nightly, NIGHT.isoformat()) is None, "a second timer of the same night"
    assert looks == [NIGHT]
    until(lambda: desk.parts.timers.state().waiting == 1)


def test_a_night_that_was_missed_is_caught_up_with_by_the_sweep(
    desk: Desk, looks: list[datetime]
) -> None:
    reminding = Reminding(desk)
    reminding.sweep()
    assert looks == [], "before the first look there is nothing to catch up with"
    desk.parts.gaps.add_run(a_gap_run(started_at=NIGHT - 2 * DAY))
    at(desk, NIGHT + 5 * HOUR)
    reminding.sweep()
    until(lambda: len(looks) == 1)
    until(lambda: desk.parts.timers.state().waiting == 1)
    reminding.sweep()
    assert looks == [NIGHT + 5 * HOUR]


def test_turned_off_nothing_is_planned_or_caught_up_with_and_what_is_asked_for_is_done(
    looks: list[datetime],
) -> None:
    desk = a_desk(nightly=False)
    desk.parts.gaps.add_run(a_gap_run(started_at=NIGHT - 9 * DAY))
    nightly = Nightly(desk)
    nightly.plan()
    assert desk.parts.timers.state().waiting == 0
    assert nightly.missed() is None
    at(desk, NIGHT)
    assert nightly.attend(NIGHT.isoformat()) is None
    asked = desk.gaps.ask()
    assert ended(nightly, f"asked {asked.isoformat()}") is None
    assert looks == [NIGHT]


def test_the_hour_is_a_setting() -> None:
    desk = a_desk(hour=23)
    desk.parts.gaps.add_run(a_gap_run(started_at=NIGHT - 3 * DAY))
    late = NIGHT.replace(hour=23) - 2 * DAY  # it is ten in the evening of the 19th
    assert Nightly(desk).missed() == late.isoformat()


def test_a_look_that_fails_is_kept_as_failed_and_tried_again_an_hour_later(desk: Desk) -> None:
    nightly = Nightly(desk)
    at(desk, NIGHT)
    wait = ended(nightly, NIGHT.isoformat())
    assert wait == HOUR
    failed = desk.parts.gaps.last_run()
    assert failed is not None
    assert "assist ingest" in failed.error
    assert desk.parts.gaps.last_good_run() is None
    at(desk, NIGHT + HOUR)
    assert nightly.attend(NIGHT.isoformat()) == AGAIN
    until(lambda: desk.parts.gaps.last_run() != failed)


def test_a_look_that_breaks_off_is_told_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: GapDesk, _progress: object = None) -> GapRun:
        raise RuntimeError("a bug")

    monkeypatch.setattr(GapDesk, "mine", broken)
    at(desk, NIGHT)
    assert ended(Nightly(desk), NIGHT.isoformat()) == HOUR
    last = desk.parts.gaps.last_run()
    assert last is not None
    assert "broke off" in last.error


def test_two_processes_do_not_look_at_once(desk: Desk) -> None:
    with desk.parts.gaps.hold(), pytest.raises(NotReady, match="another process"):
        desk.gaps.mine()
    assert desk.parts.gaps.last_run() is None
    with pytest.raises(AssistError):
        desk.gaps.mine()


def test_the_servers_timers_do_what_was_asked_for(desk: Desk, looks: list[datetime]) -> None:
    asked = desk.gaps.ask()
    with timekeeping(desk, sweep_every=0.05):
        until(lambda: looks == [asked])
