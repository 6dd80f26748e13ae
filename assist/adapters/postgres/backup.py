"""`BackupStore` on PostgreSQL: `COPY` out of one snapshot, and the way back in one transaction.

Not `pg_dump`: row-level security is forced on the tables' owner, who may be no superuser and then
can dump nothing; and a restore into another release has to go through its migrations.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psycopg
from psycopg import IsolationLevel, sql

from assist.adapters.postgres.backup_restoring import PostgresRestoring
from assist.adapters.postgres.backup_sql import made_anew
from assist.adapters.postgres.database import ROLE, Database
from assist.adapters.postgres.failures import database_errors, named
from assist.adapters.postgres.schema import HEAD
from assist.ports.backups import TableRows

NOBODYS = frozenset({"alembic_version", "checkpoint_migrations"})
TABLES = """
    SELECT relname, array_agg(CAST(attname AS text) ORDER BY attnum) FROM pg_class
        JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
        AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    GROUP BY relname ORDER BY relname
"""
ENTER = "SELECT set_config('role', %s, true), set_config('assist.workspace', %s, true)"


class PostgresBackups:
    """The database, all workspaces of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def snapshot(self, workspace: str | None) -> Iterator["PostgresSnapshot"]:
        """One moment of it, read as the application's role: a workspace sees its own rows."""
        try:
            with psycopg.connect(self._database.conninfo) as connection:
                connection.isolation_level = IsolationLevel.REPEATABLE_READ
                connection.read_only = True
                yield PostgresSnapshot(connection, workspace or "", self._database.workspace)
        except psycopg.Error as error:
            raise named(error) from error

    @contextmanager
    def restoring(self, schema_version: str) -> Iterator[PostgresRestoring]:
        """A restore of tables of this version, kept at the end of the block. `StoreUnavailable`."""
        with database_errors(), self._database.own() as connection:
            restoring = PostgresRestoring(connection)
            restoring.prepare(schema_version)
            yield restoring
            restoring.end()


class PostgresSnapshot:
    """The tables as they were when the first of them was read."""

    def __init__(self, connection: "psycopg.Connection", wanted: str, own: str) -> None:
        self._connection = connection
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        self.schema_version = str(row[0]) if row else HEAD
        self.workspaces: Sequence[str] = (wanted,) if wanted else self._seen(own)

    def _seen(self, own: str) -> tuple[str, ...]:
        """All of them, for a superuser; for the tables' owner the one that was entered."""
        self._connection.execute(ENTER, ("none", own))
        rows = self._connection.execute("SELECT workspace_id FROM workspaces ORDER BY 1")
        return tuple(str(row[0]) for row in rows)

    def serving(self, workspace: str) -> str:
        """The id of the generation that serves; empty where none does."""
        self._connection.execute(ENTER, (ROLE, workspace))
        query = "SELECT generation_id FROM generations WHERE state = 'live'"
        row = self._connection.execute(query).fetchone()
        return str(row[0]) if row else ""

    def tables(self, workspace: str) -> Iterator[TableRows]:
        """Each table of a workspace, but those that are made anew."""
        self._connection.execute(ENTER, (ROLE, workspace))
        for name, columns in self._connection.execute(TABLES).fetchall():
            if name not in NOBODYS and not made_anew(name):
                yield TableRows(name, tuple(columns), self._rows(name, columns))

    def _rows(self, table: str, columns: list[str]) -> Iterator[bytes]:
        listed = sql.SQL(", ").join(map(sql.Identifier, columns))
        query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(listed, sql.Identifier(table))
        with self._connection.cursor().copy(query) as copy:
            yield from map(bytes, copy)
