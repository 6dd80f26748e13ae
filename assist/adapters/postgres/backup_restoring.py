# ruff: noqa: S608 - composed of names that the database's own catalogue gives
"""`Restoring` on PostgreSQL: taken in beside what is there, brought up, then put in its place.

All in one transaction of the tables' owner: until it ends everybody sees what was there before, and
where it fails that is what stays.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from graphlib import TopologicalSorter
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, text

from assist.adapters.postgres import backup_sql as queries
from assist.adapters.postgres import schema
from assist.adapters.postgres.forget import (
    belongings_in,
    bury_in,
    forget_in,
    tombstones_in,
)
from assist.adapters.postgres.forget_sql import THREADS
from assist.domain.backup import Member, WorkspaceBackup
from assist.domain.forgetting import Belongings, Person, Tombstone, TombstoneKind, digest_of
from assist.errors import NotReady

BESIDE = "assist_restoring"
"""The schema that a backup is taken into."""
STAYS = frozenset({"audit", "workspaces"})
"""What the backup has is added to what is there; nothing of it goes."""


class PostgresRestoring:
    """A restore under way, in the transaction of `connection`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._home = str(connection.execute(text("SELECT current_schema()")).scalar_one())

    def prepare(self, schema_version: str) -> None:
        """Make empty tables of that version beside what is there. Raises `StoreUnavailable`."""
        self._run("SELECT pg_advisory_xact_lock(:lock)", lock=schema.LOCK)
        schema.migrate(self._connection)
        self._run(f"DROP SCHEMA IF EXISTS {BESIDE} CASCADE")
        self._run(f"CREATE SCHEMA {BESIDE}")
        self._turn_to(BESIDE)
        schema.upgrade(self._connection, schema_version)

    def load(self, kept: WorkspaceBackup, rows_of: Callable[[Member], Iterable[bytes]]) -> None:
        """Take the rows of a workspace in."""
        self._enter(kept.workspace)
        members = {member.table: member for member in kept.members}
        for table in self._order():
            if table in members:
                self._load(members[table], rows_of(members[table]))

    def _load(self, member: Member, pieces: Iterable[bytes]) -> None:
        """By way of a table of our own: `COPY` does not write where security holds rows apart."""
        columns, table = _listed(member.columns), sql.Identifier(member.table).as_string()
        self._run(f"CREATE TEMP TABLE taken_in AS SELECT {columns} FROM {table} WITH NO DATA")
        driver: Any = self._connection.connection.driver_connection
        with driver.cursor().copy("COPY taken_in FROM STDIN") as copy:
            for piece in pieces:
                copy.write(piece)
        known = "ON CONFLICT DO NOTHING" if member.table == "workspaces" else ""
        self._run(
            f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE "
            f"SELECT {columns} FROM taken_in {known}"
        )
        self._run("DROP TABLE taken_in")

    def bring_up(self, workspaces: Sequence[str], *, replacing: bool) -> None:
        """Bring it up to this release, and put it in place of what is there. Raises `NotReady`."""
        schema.upgrade(self._connection, schema.HEAD)
        self._turn_to(self._home)
        order = self._order()
        for workspace in workspaces:
            self._enter(workspace)
            if not replacing:
                self._check_empty(workspace, order)
            tombstones = tombstones_in(self._connection)
            revoked = self._connection.execute(queries.REVOKED).mappings().all()
            for table in reversed(order):
                if table not in STAYS:
                    self._run(f"DELETE FROM {table} WHERE {_own(table)}")
            for table in order:
                if not queries.made_anew(table):
                    self._move(table)
            bury_in(self._connection, tombstones)
            for key in revoked:
                self._connection.execute(queries.REVOKE, dict(key))
        for number in self._connection.execute(queries.NUMBERED).all():
            self._run(
                f'SELECT setval(:sequence, greatest(max("{number.column}"), '
                f"(SELECT last_value FROM {number.sequence}))) FROM {number.table}",
                sequence=number.sequence,
            )

    def forget_again(
        self, workspace: str, tombstones: Sequence[Tombstone]
    ) -> tuple[Belongings, ...]:
        """Take away again what these, or those that are kept, say was forgotten, and is older."""
        self._enter(workspace)
        bury_in(self._connection, tombstones)
        found = []
        for person, at in self._buried():
            theirs = belongings_in(self._connection, person)
            if not theirs.empty:
                forget_in(self._connection, theirs, at)
                found.append(theirs)
        return tuple(found)

    def end(self) -> None:
        """Nothing is left beside."""
        self._run(f"DROP SCHEMA {BESIDE} CASCADE")

    def _buried(self) -> Iterator[tuple[Person, datetime]]:
        """Who of those that are there was forgotten, and when; tickets by themselves last."""
        tombstones = tombstones_in(self._connection)
        ids: dict[TombstoneKind, list[str]] = {
            "customer": list(self._connection.execute(queries.CUSTOMERS).scalars()),
            "ticket": list(self._connection.execute(queries.TICKETS).scalars()),
        }
        names = {
            (kind, digest_of(kind, one, salt)): one
            for salt in {tombstone.salt for tombstone in tombstones}
            for kind, some in ids.items()
            for one in some
        }
        for one in sorted(tombstones, key=lambda tombstone: tombstone.kind):
            name = names.get((one.kind, one.digest))
            if name is not None and one.kind == "customer":
                yield Person(customer_id=name, before=one.at), one.at
            elif name is not None:
                yield Person(tickets=(name,), before=one.at), one.at

    def _check_empty(self, workspace: str, order: Sequence[str]) -> None:
        for table in order:
            if table not in STAYS | {"tombstones"} and self._count(table):
                raise NotReady(
                    f"workspace {workspace} is not empty: it has rows in {table}",
                    cure="restore into another home, or with --replace in place of what is there",
                )

    def _count(self, table: str) -> bool:
        query = text(f"SELECT EXISTS (SELECT FROM {table} WHERE {_own(table)})")
        return bool(self._connection.execute(query).scalar())

    def _move(self, table: str) -> None:
        """What the workspace has beside, into the table itself; what is there already stays."""
        columns = self._connection.execute(queries.COLUMNS, {"table": table}).scalars().all()
        listed = _listed(columns)
        self._run(
            f"INSERT INTO {table} ({listed}) OVERRIDING SYSTEM VALUE "
            f"SELECT {listed} FROM {BESIDE}.{table} WHERE {_own(table)} ON CONFLICT DO NOTHING"
        )

    def _order(self) -> list[str]:
        """The tables, each after those that it refers to."""
        names = self._connection.execute(queries.NAMES).scalars().all()
        sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(names, ()))
        for row in self._connection.execute(queries.REFERS):
            if row.table != row.to:
                sorter.add(row.table, row.to)
        return list(sorter.static_order())

    def _turn_to(self, name: str) -> None:
        self._run("SELECT set_config('search_path', :name, true)", name=name)

    def _enter(self, workspace: str) -> None:
        self._run("SELECT set_config('assist.workspace', :name, true)", name=workspace)

    def _run(self, statement: str, **given: object) -> None:
        self._connection.execute(text(statement), given)


def _own(table: str) -> str:
    whose = "split_part(thread_id, '/', 1)" if table in THREADS else "workspace_id"
    return f"{whose} = current_setting('assist.workspace')"


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(sql.Identifier(column).as_string() for column in columns)
