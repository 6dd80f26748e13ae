"""A server forgets what ended long ago, says so, and goes on after a fault."""

import logging
import time
from datetime import timedelta

import pytest
from sqlalchemy import text

from assist.adapters.own_files import HomeFiles
from assist.adapters.postgres.audit import PostgresAudit
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.forget import PostgresErasure
from assist.adapters.postgres.jobs import PostgresJobs
from assist.adapters.postgres.knowledge import PostgresKnowledge
from assist.errors import StoreUnavailable
from assist.service.forgetting import Forgetting
from assist.service.retention import expiring
from tests.builders import NOW
from tests.contracts.case_store import a_row, an_event
from tests.fakes import FrozenClock

MINUTE = 60.0


class Faltering(PostgresErasure):
    """Does not answer, as often as told."""

    failures = 0

    def expire(self, *given):
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("the database went away")
        return super().expire(*given)


@pytest.fixture
def people(database: Database) -> Forgetting:
    return Forgetting(
        erasure=Faltering(database),
        knowledge=PostgresKnowledge(database),
        jobs=PostgresJobs(database),
        files=HomeFiles(()),
        audit=PostgresAudit(database),
        clock=FrozenClock(NOW),
    )


def ended(database: Database, number: int, days: int) -> None:
    """A case that was solved so many days ago."""
    store = PostgresCases(database)
    row = store.open(a_row(number), an_event("open", kind="opened"))
    when = {"status": "solved", "changed_at": NOW - timedelta(days=days)}
    store.save(row.model_copy(update=when), ())


def left(database: Database) -> list[str]:
    with database.connect() as connection:
        return list(connection.execute(text("SELECT case_id FROM cases ORDER BY 1")).scalars())


def wait_for(database: Database, *cases: str) -> None:
    until = time.monotonic() + MINUTE
    while left(database) != list(cases) and time.monotonic() < until:
        time.sleep(0.02)
    assert left(database) == list(cases)


def test_what_ended_longer_ago_is_forgotten_when_the_server_starts_and_later(
    database, people, caplog
):
    caplog.set_level(logging.INFO)
    for number, days in enumerate((400, 366, 364), start=1):
        ended(database, number, days)
    with expiring(people, 365, every=0.02):
        wait_for(database, "case-3")
        ended(database, 4, 500)
        wait_for(database, "case-3")
    assert "forgot 2 cases" in caplog.text


def test_it_goes_on_after_a_fault_and_says_it(database, people, caplog):
    ended(database, 1, 400)
    people.erasure.failures = 1
    with expiring(people, 365, every=0.02):
        wait_for(database)
    assert "old cases wait to be forgotten: the database went away" in caplog.text


def test_many_are_forgotten_in_one_go(database, people):
    for number in range(1, 6):
        ended(database, number, 400)
    assert people.expire(365) == 5
    assert people.expire(365) == 0
