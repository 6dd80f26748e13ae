"""Connections to PostgreSQL under row-level security: every transaction sees one workspace."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from assist.adapters.postgres import schema
from assist.adapters.postgres.failures import database_errors
from assist.errors import BadSetting, StoreUnavailable

ROLE = "assist_app"
OLDEST_SERVER = 15
ENTER = text(
    "SELECT set_config('role', :role, true), set_config('assist.workspace', :workspace, true), "
    "set_config('TimeZone', 'UTC', true)"
)
"""Holds until the transaction ends, so that a pooled connection never carries it to the next."""


class Database:
    """A PostgreSQL database as one workspace sees it. Connects on first use; thread-safe."""

    def __init__(self, url: str, workspace: str = "default") -> None:
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,62}", workspace):
            raise BadSetting(
                f"{workspace!r} cannot name a workspace",
                cure="use lower-case letters, digits, - and _, at most 63",
                where="workspace",
            )
        self.workspace = workspace
        self._engine = _engine(_psycopg_url(url))

    @property
    def conninfo(self) -> str:
        """Where the database is, for a driver's own connection; it may hold a password."""
        plain = self._engine.url.set(drivername="postgresql")
        return plain.render_as_string(hide_password=False)

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A transaction to read in; what it writes is undone."""
        with database_errors(), self._engine.connect() as connection:
            self._enter(connection)
            yield connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction to write in: committed at the end of the block, undone on an error."""
        with database_errors(), self._engine.begin() as connection:
            self._enter(connection)
            connection.execute(text("INSERT INTO workspaces DEFAULT VALUES ON CONFLICT DO NOTHING"))
            yield connection

    @contextmanager
    def own(self) -> Iterator[Connection]:
        """A transaction to write in as the user who signed in, who owns the tables.

        Row-level security may not hold that user: each statement must name its workspace.
        """
        with database_errors(), self._engine.begin() as connection:
            connection.execute(ENTER, {"role": "none", "workspace": self.workspace})
            yield connection

    @contextmanager
    def administer(self) -> Iterator[Connection]:
        """A connection as the user who signed in, each statement by itself, in no workspace."""
        with database_errors(), self._engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            yield alone
            alone.invalidate()  # what was set on it must not reach the next who uses it

    def migrate(self) -> None:
        """Bring the tables to this release's version; one query where they are."""
        with database_errors(), self._engine.begin() as connection:
            schema.migrate(connection)

    def close(self) -> None:
        """Close the pooled connections."""
        self._engine.dispose()

    def _enter(self, connection: Connection) -> None:
        connection.execute(ENTER, {"role": ROLE, "workspace": self.workspace})


def _psycopg_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadSetting(
            "not a database URL",  # not repeated: it may hold a password
            cure="use postgresql://user:password@host/database",
            where="ASSIST_DATABASE_URL",
        ) from error
    if parsed.drivername.split("+")[0] not in {"postgresql", "postgres"}:
        raise BadSetting(
            f"{parsed.drivername} is not PostgreSQL",
            cure="use postgresql://user:password@host/database",
            where="ASSIST_DATABASE_URL",
        )
    return parsed.set(drivername="postgresql+psycopg")


def _engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 5, "application_name": "assist"},
    )
    event.listen(engine, "connect", _refuse_old_server)
    return engine


def _refuse_old_server(connection: Any, _: object) -> None:
    major = connection.info.server_version // 10_000
    if major < OLDEST_SERVER:
        raise StoreUnavailable(
            f"the database server is PostgreSQL {major}",
            cure=f"use {OLDEST_SERVER} or later, or unset ASSIST_DATABASE_URL",
        )
