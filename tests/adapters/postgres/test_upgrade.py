"""Tables of the release before: brought up by adding only, so that it can go on beside this one."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import dict_row
from sqlalchemy import make_url

from assist.adapters.backup_files import ZipBackups
from assist.adapters.clock import SystemClock
from assist.adapters.postgres.backup import PostgresBackups
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.schema import HEAD
from assist.service.backups import Backups, Looked
from assist.service.restoring import Restores
from tests.adapters.postgres.written_before import as_written, replay, statements

COLUMNS = """
    SELECT relname AS table, attname AS name, format_type(atttypid, atttypmod) AS type,
           attnotnull AS needed, atthasdef OR attidentity <> '' AS filled
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
        AND NOT attisdropped
"""
HELD = """
    SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS said
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION SELECT tablename, indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND indexdef LIKE 'CREATE UNIQUE%'
    UNION SELECT tablename, policyname, concat_ws(' | ', cmd, roles, qual, with_check)
    FROM pg_policies WHERE schemaname = 'public'
    UNION SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger
    WHERE NOT tgisinternal
"""
RIGHTS = """
    SELECT table_name AS table, privilege_type AS right, column_name AS name
    FROM information_schema.column_privileges
    WHERE grantee = 'assist_app' AND table_schema = 'public'
"""


@pytest.fixture
def old_url(empty_url: str) -> str:
    """The URL of a database as the release before left it."""
    as_written(empty_url)
    return empty_url


@pytest.fixture
def another_url(postgres, old_url: str) -> Iterator[str]:
    """The URL of one more database, without tables."""
    name = f"{make_url(old_url).database}_more"
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield make_url(old_url).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def told(url: str, query: str) -> list[dict[str, object]]:
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return connection.execute(query).fetchall()


def migrated(url: str) -> None:
    database = Database(url)
    database.migrate()
    database.close()


def test_the_tables_of_the_release_before_have_rows_all_of_them(old_url):
    tables = {row["table"] for row in told(old_url, COLUMNS)}
    assert len(tables) == 23
    for table in tables:
        assert told(old_url, f"TABLE {table} LIMIT 1"), table


def test_every_column_stays_what_it_was_and_a_new_one_may_be_left_out(old_url):
    before = {(row["table"], row["name"]): row for row in told(old_url, COLUMNS)}
    migrated(old_url)
    after = {(row["table"], row["name"]): row for row in told(old_url, COLUMNS)}

    assert {place: after.get(place) for place in before} == before
    old_tables = {table for table, _ in before}
    added = [row for place, row in after.items() if place not in before and place[0] in old_tables]
    assert [row for row in added if row["needed"] and not row["filled"]] == []


def test_no_table_holds_its_rows_to_more_than_before(old_url):
    before = told(old_url, HELD)
    old_tables = {row["table"] for row in told(old_url, COLUMNS)}
    migrated(old_url)
    after = [row for row in told(old_url, HELD) if row["table"] in old_tables]

    assert sorted(map(str, after)) == sorted(map(str, before))


def test_the_application_may_do_all_that_it_might_before(old_url):
    before = {tuple(row.values()) for row in told(old_url, RIGHTS)}
    migrated(old_url)
    assert before <= {tuple(row.values()) for row in told(old_url, RIGHTS)}


def test_what_the_release_before_says_is_understood_after_the_upgrade(old_url):
    migrated(old_url)
    with psycopg.connect(old_url) as connection:
        assert replay(connection, "replayed") == len(statements()) > 100


def test_a_backup_of_older_tables_is_brought_up_where_it_is_restored(
    old_url, another_url, tmp_path
):
    old, new, files = Database(old_url), Database(another_url), ZipBackups()
    backups = Backups(PostgresBackups(old), files, SystemClock())
    file = tmp_path / "old.backup"

    made = backups.back_up(file, workspace=None, look=lambda _: Looked())
    Restores(PostgresBackups(new), files).restore(
        file, workspace=None, replacing=False, tombstones=()
    )

    assert (made.schema_version, HEAD) == ("0007", HEAD)
    assert told(another_url, "SELECT version_num FROM alembic_version") == [{"version_num": HEAD}]
    rows = PostgresCases(new).listed(["waiting", "deciding", "solved"], 9)
    assert sorted(row.ticket_id for row in rows) == ["t-1", "t-2", "t-3"]
    assert len(PostgresCases(new).events(rows[0].id)) > 0
    for database in (old, new):
        database.close()
