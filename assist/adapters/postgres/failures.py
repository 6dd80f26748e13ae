"""What SQLAlchemy and psycopg report -> our error tree. No statement or parameter is repeated."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from assist.errors import DiskFull, StoreUnavailable

CURES = {
    "42501": "grant the user of ASSIST_DATABASE_URL what it lacks (docs/operations.md)",
    "42P01": "the tables are missing: run the migrations by starting assist on this database",
    "28P01": "correct the password in ASSIST_DATABASE_URL",
    "3D000": "create the database that ASSIST_DATABASE_URL names",
    "55P03": "try again: another process works on the same and holds it",
    "53300": "raise max_connections of the server, or run fewer processes",
}
"""What helps, by SQLSTATE."""
DEFAULT_CURE = "check that the database runs and that ASSIST_DATABASE_URL reaches it"
DISK_FULL = "53100"


@contextmanager
def database_errors() -> Iterator[None]:
    """Turn a failure of the database into `StoreUnavailable`, or `DiskFull` where it is that."""
    try:
        yield
    except DBAPIError as error:
        raise named(error.orig) from error
    except SQLAlchemyError as error:
        raise StoreUnavailable(
            f"the database did not answer: {type(error).__name__}", cure=DEFAULT_CURE
        ) from error


def named(error: BaseException | None) -> StoreUnavailable | DiskFull:
    """The driver's error as one of ours."""
    if not isinstance(error, psycopg.Error):
        return StoreUnavailable(f"the database failed: {error}", cure=DEFAULT_CURE)
    code = error.sqlstate or ""
    # The first line only: details hold values of rows, which are customers' words.
    said = error.diag.message_primary or str(error).split("\n", 1)[0]
    if code == DISK_FULL:
        return DiskFull(f"the database has no space left: {said}", cure="free some space")
    return StoreUnavailable(
        f"the database failed: {said}" + (f" [{code}]" if code else ""),
        cure=CURES.get(code, DEFAULT_CURE),
    )
