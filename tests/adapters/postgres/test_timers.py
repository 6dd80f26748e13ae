"""Timers in PostgreSQL keep the contract of their port, each workspace its own, whoever dies."""

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from assist.adapters.postgres import timers as module
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.timers import PostgresTimers
from assist.errors import StoreUnavailable
from tests.contracts.case_store import a_row, an_entry, opened
from tests.contracts.timers import MINUTE, Heard, TimersContract, attending

STUCK = """
import sys, threading
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.timers import PostgresTimers

def never_ends(kind, about):
    print(about, flush=True)
    threading.Event().wait()

PostgresTimers(Database(*sys.argv[1:])).attend(never_ends, threading.Event())
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Nobody waits seconds for the next look."""
    monkeypatch.setattr(module, "POLL", 0.05)


class TestPostgresTimers(TimersContract):
    @pytest.fixture
    def timers(self, database):
        return PostgresTimers(database)


def test_an_entry_and_its_timer_are_kept_together_and_once(database):
    cases, timers = PostgresCases(database), PostgresTimers(database)
    opened(cases)
    for _ in range(2):
        cases.save(a_row(), [an_entry(1), an_entry(2, due=None)])
    assert timers.state().waiting == 1
    with database.connect() as connection:
        job = connection.execute(text("SELECT args FROM procrastinate_jobs")).scalar_one()
    assert job == {"kind": "entry", "about": "case-1-2-1"}  # ids only


def test_what_cannot_be_kept_sets_no_timer(database):
    cases, timers = PostgresCases(database), PostgresTimers(database)
    opened(cases)
    with pytest.raises(StoreUnavailable, match="foreign key"):
        cases.save(a_row(), [an_entry(1), an_entry(2, case_id="none")])
    assert (timers.state().waiting, cases.entries("case-1")) == (0, ())


def test_a_workspace_hears_only_of_its_own(database, postgres):
    other = Database(postgres.url, f"{database.workspace}-other")
    ours, theirs = PostgresTimers(database), PostgresTimers(other)
    theirs.set("entry", "theirs", datetime.now(UTC))
    ours.set("entry", "ours", datetime.now(UTC))
    heard = Heard(1)
    with attending(ours, heard):
        assert heard.all.wait(MINUTE)
    assert heard.heard == [("entry", "ours")]
    assert (ours.state().waiting, theirs.state().waiting) == (0, 1)
    other.close()


def test_of_two_that_attend_each_timer_goes_to_one(database):
    timers, heard = PostgresTimers(database), Heard(40)
    for number in range(40):
        timers.set("entry", f"e-{number}", datetime.now(UTC))
    with attending(timers, heard), attending(PostgresTimers(database), heard):
        assert heard.all.wait(MINUTE)
    assert sorted(heard.heard) == sorted(("entry", f"e-{n}") for n in range(40))


def test_what_failed_is_tried_again_and_said(database, monkeypatch, caplog):
    monkeypatch.setattr(module, "AGAIN", module.AGAIN * 0)
    timers, heard = PostgresTimers(database), Heard(3, StoreUnavailable("gone"), KeyError("a bug"))
    timers.set("entry", "e-1", datetime.now(UTC))
    with attending(timers, heard):
        assert heard.all.wait(MINUTE)
    assert heard.heard == [("entry", "e-1")] * 3
    assert "entry e-1 waits: gone" in caplog.text
    assert "looking at entry e-1 broke off" in caplog.text
    assert timers.state().waiting == 0


def test_the_timer_of_a_process_that_was_killed_is_taken_up_by_another(
    database, postgres, monkeypatch, caplog
):
    monkeypatch.setattr(module, "LOST_AFTER", 1.0)
    timers, heard = PostgresTimers(database), Heard(1)
    timers.set("entry", "e-1", datetime.now(UTC))
    stuck = subprocess.Popen(
        [sys.executable, "-c", STUCK, postgres.url, database.workspace],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert stuck.stdout.readline() == "e-1\n"
    os.kill(stuck.pid, signal.SIGKILL)
    stuck.communicate()
    assert timers.state().waiting == 0  # it is taken: nobody hears of it
    with attending(timers, heard):
        assert heard.all.wait(MINUTE)
    assert heard.heard == [("entry", "e-1")]
    assert "a process died while it looked at" in caplog.text


def test_a_connection_that_is_lost_is_said_and_the_next_to_attend_goes_on(database, postgres):
    timers, caught = PostgresTimers(database), []
    stop = threading.Event()

    def attend() -> None:
        try:
            timers.attend(Heard(1), stop)
        except StoreUnavailable as error:
            caught.append(str(error))

    unreachable = PostgresTimers(Database("postgresql://nobody@127.0.0.1:1/none"))
    with pytest.raises(StoreUnavailable, match="attended"):
        unreachable.attend(Heard(1), stop)
    thread = threading.Thread(target=attend)
    thread.start()
    stop.set()
    thread.join()
    assert caught == []
