"""The tables of people written anew without what was deleted, and the embedded server's log too."""

from collections.abc import Iterable

from psycopg.errors import InsufficientPrivilege
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.forget_sql import RULES
from assist.adapters.postgres.vacuum import OURS, PATIENCE, WAL
from assist.adapters.postgres.wal import renew

STATISTICS = "pg_catalog.pg_statistic"
"""The planner's samples of what columns hold; a superuser's to write anew."""
SUPERUSER = text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
OTHERS = "backups, replicas and archived logs keep it for as long as you keep them"


def scrub(database: Database, *, owns_server: bool) -> tuple[str, ...]:
    """Overwrite what deleted rows left; what was done, and what was not.

    With `owns_server` the write-ahead log is made anew too. Raises `StoreUnavailable` where others
    hold a table for longer than `PATIENCE`.
    """
    with database.administer() as connection:
        every = _there(connection, RULES)
        if not connection.execute(OURS, {"tables": every}).scalar():
            owner = f"let their owner run: VACUUM (FULL, ANALYZE) {', '.join(every)}"
            return (f"the tables belong to another database user and were not vacuumed; {owner}",)
        connection.execute(text(f"SET lock_timeout = '{PATIENCE}'"))
        connection.execute(text(f"VACUUM (FULL, ANALYZE) {', '.join(every)}"))
        if connection.execute(SUPERUSER).scalar():
            connection.execute(text(f"VACUUM FULL {STATISTICS}"))
        done = f"vacuumed {len(every)} tables"
        if owns_server:
            return (f"{done}; {renew(connection)}", OTHERS)
        return (done, _checkpoint(connection), WAL)


def _there(connection: Connection, tables: Iterable[str]) -> list[str]:
    query = text("SELECT to_regclass(:table) IS NOT NULL")
    return [one for one in tables if connection.execute(query, {"table": one}).scalar()]


def _checkpoint(connection: Connection) -> str:
    try:
        connection.execute(text("CHECKPOINT"))
    except DBAPIError as error:
        if not isinstance(error.orig, InsufficientPrivilege):
            raise
        return "no checkpoint was made: this database user may not"
    return "made a checkpoint"
