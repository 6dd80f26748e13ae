"""What is kept comes out of one moment and goes in all at once, also without a superuser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from assist.adapters.backup_files import ZipBackups
from assist.adapters.clock import SystemClock
from assist.adapters.postgres.backup import PostgresBackups
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.forget import PostgresErasure
from assist.adapters.postgres.jobs import PostgresJobs
from assist.adapters.postgres.knowledge import PostgresKnowledge
from assist.domain.forgetting import Person
from assist.errors import NotReady, StoreUnavailable
from assist.service.backups import Backups, Looked
from assist.service.restoring import Restores
from tests.contracts.case_store import a_row, an_entry, an_event, opened
from tests.contracts.job_store import a_job
from tests.contracts.knowledge_store import publish
from tests.contracts.store_builders import NOON
from tests.service.forgetting import files_with


def backed_up(database: Database, file: Path, workspace: str | None = None) -> Path:
    """A backup that was not searched for."""
    backups = Backups(PostgresBackups(database), ZipBackups(), SystemClock())
    backups.back_up(file, workspace=workspace, look=lambda _: Looked())
    return file


def restored(database: Database, file: Path, *, replacing: bool = False) -> None:
    """All of a backup, put in place."""
    restores = Restores(PostgresBackups(database), ZipBackups())
    restores.restore(file, workspace=None, replacing=replacing, tombstones=())


@pytest.fixture
def tenants(postgres: EmbeddedPostgres) -> Iterator[tuple[str, str]]:
    """The URLs of two databases without tables, of one owner who is no superuser."""
    admin = create_engine(
        postgres.url.replace("postgresql:", "postgresql+psycopg:", 1), isolation_level="AUTOCOMMIT"
    )
    names = ("kept_here", "kept_there")
    with admin.connect() as connection:
        connection.execute(text("CREATE ROLE keeper LOGIN"))
        connection.execute(text("GRANT assist_app TO keeper"))
        for name in names:
            connection.execute(text(f"CREATE DATABASE {name} OWNER keeper"))
        here, there = (
            make_url(postgres.url).set(username="keeper", database=name) for name in names
        )
        yield (
            here.render_as_string(hide_password=False),
            there.render_as_string(hide_password=False),
        )
        for name in names:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        connection.execute(text("DROP ROLE keeper"))
    admin.dispose()


def test_an_owner_who_is_no_superuser_backs_up_restores_and_forgets(tenants, tmp_path):
    here, there = (Database(url, "shop") for url in tenants)
    here.migrate()
    opened(PostgresCases(here))
    PostgresCases(here).save(a_row(), [an_entry()])

    restored(there, backed_up(here, tmp_path / "shop.backup"))

    store = PostgresCases(there)
    assert store.events("case-1") == PostgresCases(here).events("case-1")
    assert store.entries("case-1") == (an_entry(),)
    erasure = PostgresErasure(there)
    theirs = erasure.belongings(Person(customer_id="c-1"))
    assert erasure.forget(theirs, NOON).rows["cases"] == 1
    assert "vacuumed" in erasure.scrub()[0]
    for database in (here, there):
        database.close()


def test_one_moment_is_kept_whatever_comes_while_it_is_read(database):
    store = PostgresCases(database)
    opened(store)
    with PostgresBackups(database).snapshot(database.workspace) as snapshot:
        tables = snapshot.tables(database.workspace)
        first = next(tables)
        store.append("case-1", an_event("late"))
        rows = {one.table: b"".join(one.pieces) for one in (first, *tables)}
    assert rows["case_events"].count(b"\n") == 1
    assert b"late" not in rows["case_events"]


def test_what_is_numbered_goes_on_after_the_last_number(database, tmp_path):
    jobs = PostgresJobs(database)
    jobs.add(a_job("j-1"), None)
    file = backed_up(database, tmp_path / "all.backup", database.workspace)
    restored(database, file, replacing=True)

    jobs.add(a_job("j-2"), None)

    assert [job.id for job in jobs.latest(9)] == ["j-2", "j-1"]


def test_a_restore_that_fails_changes_nothing(database, tmp_path):
    store = PostgresCases(database)
    opened(store)
    file = backed_up(database, tmp_path / "all.backup", database.workspace)
    store.append("case-1", an_event("since"))

    with pytest.raises(NotReady, match="is not empty"):
        restored(database, file)
    with (
        pytest.raises(StoreUnavailable, match="newer release"),
        PostgresBackups(database).restoring("9999"),
    ):
        pass

    assert [event.key for event in store.events("case-1")] == ["open", "since"]
    restored(database, file, replacing=True)
    assert [event.key for event in store.events("case-1")] == ["open"]


def test_another_workspace_is_left_alone(database, postgres, tmp_path):
    other = Database(postgres.url, f"{database.workspace}-other")
    for one in (database, other):
        opened(PostgresCases(one))
    file = backed_up(database, tmp_path / "one.backup", database.workspace)
    PostgresCases(other).append("case-1", an_event("since"))

    restored(database, file, replacing=True)

    assert len(PostgresCases(other).events("case-1")) == 2
    other.close()


def test_nothing_of_a_backup_that_broke_off_is_left(database, tmp_path):
    def broken(_workspace: str) -> Looked:
        raise StoreUnavailable("the index went away")

    publish(PostgresKnowledge(database))
    backups = Backups(PostgresBackups(database), ZipBackups(), SystemClock())
    with pytest.raises(StoreUnavailable):
        backups.back_up(tmp_path / "b", workspace=database.workspace, look=broken)
    assert list(tmp_path.iterdir()) == []


def test_the_log_of_a_server_of_our_own_is_made_anew(home):
    with EmbeddedPostgres.start(home) as server:
        database = Database(server.url)
        database.migrate()
        opened(PostgresCases(database))
        PostgresCases(database).append("case-1", an_event("the-brandywine-key"))
        log = server.data / "pg_wal"
        assert files_with(log, "the-brandywine-key")

        erasure = PostgresErasure(database, owns_server=True)
        erasure.forget(erasure.belongings(Person(customer_id="c-1")), NOON)
        said = erasure.scrub()

        assert "write-ahead log anew" in said[0]
        assert files_with(home, "the-brandywine-key") == []
        with database.administer() as connection:
            assert connection.execute(text("SHOW wal_recycle")).scalar() == "on"
        database.close()
