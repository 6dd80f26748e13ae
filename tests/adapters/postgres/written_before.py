"""The database of an earlier release, as `tests/data/upgrade/write.py` wrote it down."""

import gzip
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
from psycopg import Connection

WRITTEN = Path(__file__).parents[2] / "data" / "upgrade"
ROLE = """
    DO $$ BEGIN CREATE ROLE assist_app NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$
"""


def as_written(url: str, version: str = "0007") -> None:
    """Fill an empty database with it."""
    script = gzip.decompress((WRITTEN / f"{version}.sql.gz").read_bytes()).decode()
    with psycopg.connect(url) as connection:
        connection.execute(ROLE)
        connection.execute(script.encode())


def statements(version: str = "0007") -> list[tuple[str, dict[str, Any]]]:
    """What that release says to the database once its tables are there, with what it gives."""
    packed = (WRITTEN / f"{version}.statements.json.gz").read_bytes()
    said = json.loads(gzip.decompress(packed), object_hook=_untagged)
    first = next(n for n, (statement, _) in enumerate(said) if "set_config('role'" in statement)
    return [(statement, given) for statement, given in said[first:]]


def replay(connection: Connection[Any], workspace: str, version: str = "0007") -> int:
    """Say it all again in another workspace, as the application's role; how much it was."""
    said = statements(version)
    for statement, given in said:
        entered = given | {"workspace": workspace} if "assist.workspace'" in statement else given
        connection.execute(statement.encode(), entered)
    return len(said)


def _untagged(value: dict[str, Any]) -> Any:
    match value:
        case {"datetime": at, **rest} if not rest:
            return datetime.fromisoformat(at)
        case {"decimal": number, **rest} if not rest:
            return Decimal(number)
        case {"bytes": octets, **rest} if not rest:
            return bytes.fromhex(octets)
    return value
