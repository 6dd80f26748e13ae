"""Deleted rows overwritten in the files of the database, which keeps them until it needs room."""

from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assist.adapters.postgres.database import Database

TABLES = ("documents", "passages", "ingest_jobs", "ingest_job_documents")
"""Where the text of documents is, or was while an ingest waited."""
PATIENCE = "30s"
"""How long to wait for others who read a table: it is locked while it is written anew."""
OURS = text("""
    SELECT bool_and(pg_has_role(current_user, relowner, 'USAGE')) FROM pg_class
    WHERE oid = ANY(CAST(:tables AS regclass[]))
""")
PUBLISHED = ("documents", "passages", "files", "generation_documents", "generation_files")
"""The tables that shrink when an old generation goes."""
WAL = (
    "the write-ahead log may hold the text until its segments are recycled, "
    "and so may backups and archived logs"
)


def scrub(database: Database) -> tuple[str, ...]:
    """Write the tables of documents anew, without what was deleted; what was done, and what not.

    Raises `StoreUnavailable` where others hold a table for longer than `PATIENCE`.
    """
    with database.administer() as connection:
        # Without the right PostgreSQL only warns, and leaves the table as it is.
        if not connection.execute(OURS, {"tables": list(TABLES)}).scalar():
            owner = f"let their owner run: VACUUM (FULL, ANALYZE) {', '.join(TABLES)}"
            return (f"the tables belong to another database user and were not vacuumed; {owner}",)
        connection.execute(text(f"SET lock_timeout = '{PATIENCE}'"))
        connection.execute(text(f"VACUUM (FULL, ANALYZE) {', '.join(TABLES)}"))
        done = f"vacuumed {', '.join(TABLES)}"
        try:
            connection.execute(text("CHECKPOINT"))
        except DBAPIError as error:
            if not isinstance(error.orig, InsufficientPrivilege):
                raise
            return (done, "no checkpoint was made: this database user may not", WAL)
        return (f"{done}; made a checkpoint", WAL)


def reclaim(database: Database) -> None:
    """Let the next generation take the room of deleted ones; what others hold is left for later.

    Autovacuum looks once a minute, so that without this editions minute by minute each take new
    room. A user who may not vacuum leaves it to autovacuum: PostgreSQL then warns and goes on.
    """
    with database.administer() as connection:
        connection.execute(text(f"VACUUM (SKIP_LOCKED) {', '.join(PUBLISHED)}"))
