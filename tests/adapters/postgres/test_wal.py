"""The write-ahead log made anew: also while the server's processes have not heard the setting."""

import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from assist.adapters.postgres import wal
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.errors import StoreUnavailable
from tests.service.forgetting import files_with

WRITTEN = "the-brandywine-key"
UNHEARD = text("SELECT true")


@pytest.fixture
def server(home) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres.start(home) as server:
        yield server


@pytest.fixture
def database(server: EmbeddedPostgres) -> Iterator[Database]:
    database = Database(server.url)
    yield database
    database.close()


def write_it_down(database: Database) -> None:
    """A file of the log that has it, and another after it."""
    with database.administer() as connection:
        for _ in range(2):
            connection.execute(
                text("SELECT pg_logical_emit_message(false, 'a', :it)"), {"it": WRITTEN}
            )
            connection.execute(wal.NEXT)


def test_nothing_of_what_was_written_is_in_any_file_of_it(server, database):
    write_it_down(database)
    assert files_with(server.data / "pg_wal", WRITTEN)
    with database.administer() as connection:
        wal.renew(connection)
    assert files_with(server.data / "pg_wal", WRITTEN) == []


def test_a_setting_that_is_heard_late_is_waited_for(server, database, monkeypatch):
    def later() -> None:
        time.sleep(1)
        with database.administer() as connection:
            connection.execute(heard)

    heard = wal.RELOAD
    write_it_down(database)
    monkeypatch.setattr(wal, "RELOAD", UNHEARD)
    teller = threading.Thread(target=later)
    teller.start()
    with database.administer() as connection:
        wal.renew(connection)
    teller.join()
    assert files_with(server.data / "pg_wal", WRITTEN) == []


def test_where_it_is_never_heard_it_is_said_that_files_stay(database, monkeypatch):
    monkeypatch.setattr(wal, "RELOAD", UNHEARD)
    monkeypatch.setattr(wal, "PATIENCE", 1.0)
    write_it_down(database)
    with (
        database.administer() as connection,
        pytest.raises(StoreUnavailable, match=r"files of the write-ahead log stay"),
    ):
        wal.renew(connection)
