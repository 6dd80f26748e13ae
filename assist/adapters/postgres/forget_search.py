# ruff: noqa: S608 - composed of names that the database's own catalogue gives
"""What is known of a person, looked for in every column of every table that there is."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from assist.adapters.postgres.forget_sql import OWN, OWN_THREAD, RULES
from assist.domain.forgetting import IDS, Find, Known, Searched

COLUMNS = text("""
    SELECT relname AS table, attname AS column, atttypid = 'bytea'::regtype AS bytes
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
        AND attnum > 0 AND NOT attisdropped
    ORDER BY relname, attnum
""")
OF_NOBODY = ("alembic_version", "checkpoint_migrations")
LEAST_BYTES = 5
"""In a column of bytes; what is shorter stands there by chance."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its columns of text, as the database turns them into text, and of bytes."""

    name: str
    texts: tuple[str, ...]
    bytes: tuple[str, ...]

    @property
    def own(self) -> str:
        """Whether a row is this workspace's; all are where the table knows of none."""
        if "workspace_id" in self.texts:
            return OWN
        return OWN_THREAD if "thread_id" in self.texts else "true"


def search(connection: Connection, known: Sequence[Known]) -> Searched:
    """Look in every table, as the user who owns them.

    Of words only those count that nobody else uses; they, and what stands in other workspaces, are
    `shared`.
    """
    tables = _tables(connection)
    own: Counter[tuple[str, Known]] = Counter()
    others: Counter[Known] = Counter()
    for table in tables:
        for one, ours, count in _stands(connection, table, known):
            if ours:
                own[table.name, one] += count
            else:
                others[one] += count
    common = {one for (_, one) in own if one.kind == "words"}
    notes = []
    if common:
        notes.append(f"{len(common)} of the words they wrote are used by others too")
    if others:
        notes.append(f"{len(others)} of what is known of them stands in other workspaces")
    return Searched(
        tables=len(tables),
        found=tuple(_find(table, one, own[table, one]) for table, one in own if one not in common),
        notes=tuple(notes),
        shared=(*common, *others),
    )


def spellings(value: str) -> tuple[str, ...]:
    """The value as it is, and as JSON of plain ASCII writes it: there `Å` is no large `å`."""
    written = (json.dumps(one)[1:-1] for one in (value, value.lower(), value.upper()))
    return tuple(dict.fromkeys((value, *written)))


def _tables(connection: Connection) -> list[Table]:
    found: dict[str, tuple[list[str], list[str]]] = {}
    for row in connection.execute(COLUMNS):
        if row.table not in OF_NOBODY:
            found.setdefault(row.table, ([], []))[row.bytes].append(row.column)
    return [Table(name, tuple(texts), tuple(raw)) for name, (texts, raw) in found.items()]


def _stands(
    connection: Connection, table: Table, known: Sequence[Known]
) -> Iterable[tuple[Known, bool, int]]:
    """What stands in a table, in this workspace or in another, and how often."""
    yield from _texts(connection, table, known)
    yield from _bytes(connection, table, known)


def _texts(
    connection: Connection, table: Table, known: Sequence[Known]
) -> Iterable[tuple[Known, bool, int]]:
    by_spelling = {
        _folded(one.kind, spelling): one for one in known for spelling in spellings(one.value)
    }
    said = "|".join(_escaped(one) for k in known for one in spellings(k.value))
    columns = ", ".join(f'CAST("{column}" AS text)' for column in table.texts)
    query = text(f"""
        SELECT said[1] AS said, own, count(*) AS times FROM (
            SELECT regexp_matches(concat_ws(E'\\n', {columns}), :pattern, 'gi') AS said,
                   {table.own} AS own
            FROM {table.name}
        ) AS found GROUP BY 1, 2
    """)
    pattern = f"(?<![[:alnum:]_])({said})(?![[:alnum:]_])"
    for row in connection.execute(query, {"pattern": pattern}):
        for kind in ("id", "words"):  # as it is, and folded
            if one := by_spelling.get(_folded(kind, row.said)):
                yield one, bool(row.own), row.times


def _bytes(
    connection: Connection, table: Table, known: Sequence[Known]
) -> Iterable[tuple[Known, bool, int]]:
    long = [one for one in known if len(one.value.encode()) >= LEAST_BYTES]
    for column in table.bytes:
        query = text(f"""
            SELECT n, {table.own} AS own, count(*) AS times
            FROM {table.name}, unnest(CAST(:values AS bytea[])) WITH ORDINALITY AS known (value, n)
            WHERE position(value IN "{column}") > 0 GROUP BY 1, 2
        """)
        for row in connection.execute(query, {"values": [one.value.encode() for one in long]}):
            yield long[row.n - 1], bool(row.own), row.times


def _folded(kind: str, spelling: str) -> tuple[bool, str]:
    # `ab1` and `AB1` may be two customers; of the rest, upper and lower case are the same.
    exact = kind in IDS
    return exact, spelling if exact else spelling.casefold()


def _escaped(value: str) -> str:
    return re.sub(r"([^\w\s])", r"\\\1", value)


def _find(table: str, one: Known, count: int) -> Find:
    rule = RULES.get(table)
    why = rule.why if rule is not None and rule.named and one.kind in IDS else one.doubt
    return Find(where=f"table {table}", kind=one.kind, count=count, why=why)
