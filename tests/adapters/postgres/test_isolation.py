"""No statement under the application's role reads or changes a row of another workspace.

Over every table there is, so that a new one is covered before anybody thinks of it. What is not
shown here: whoever can have the database run `set_config` names another workspace and sees it. The
policies hold what forgets the workspace, or asks for another by name; see docs/security.md.
"""

from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from assist.adapters.postgres.database import Database
from tests.adapters.postgres.test_database import (  # noqa: F401 - `neighbor` is a fixture
    THREADS,
    neighbor,
    tables,
)

STATEMENTS = 400
SHAPES = (
    "SELECT t::text AS row FROM {table} t",
    "SELECT t::text AS row FROM {table} t WHERE {column}::text = :value",
    "SELECT t::text AS row FROM {table} t WHERE {column}::text <> :value OR true",
    "SELECT t::text AS row FROM {table} t WHERE {column}::text >= :value ORDER BY 1 DESC",
    "SELECT b::text AS row FROM {other} a, {table} b",
    "SELECT t::text AS row FROM {table} t WHERE EXISTS (SELECT FROM {other})",
    "SELECT string_agg(t::text, ',') AS row FROM {table} t",
    "SELECT min({column}::text) AS row FROM {table}",
    "WITH all_of AS (SELECT * FROM {table}) SELECT a::text AS row FROM all_of a",
    "SELECT t::text AS row FROM {table} t UNION ALL SELECT o::text FROM {other} o",
    "DELETE FROM {table} WHERE {column}::text = :value RETURNING {table}::text AS row",
    "DELETE FROM {table} RETURNING {table}::text AS row",
    "UPDATE {table} SET {column} = {column} RETURNING {table}::text AS row",
    "UPDATE {table} SET {column} = {column} WHERE {column}::text = :value RETURNING 'x' AS row",
    "INSERT INTO {table} SELECT * FROM {table} RETURNING {table}::text AS row",
    "COPY (SELECT t::text FROM {table} t) TO STDOUT",
)
REFUSED = ("permission denied", "row-level security", "cannot", "violates", "column")
"""What the database says against a statement that is none, or that the role may not."""
COLUMNS = text("""
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' ORDER BY 1, ordinal_position
""")


@dataclass(frozen=True)
class There:
    """What the other workspace holds: its rows as text, and values of its columns."""

    rows: dict[str, frozenset[str]]
    values: dict[str, tuple[tuple[str, str], ...]]


def _there(database: Database) -> There:
    """All of a workspace, by table, as the owner of the tables sees it."""
    rows: dict[str, frozenset[str]] = {}
    values: dict[str, tuple[tuple[str, str], ...]] = {}
    with database.administer() as connection:
        columns = connection.execute(COLUMNS).all()
        for table in tables(database):
            whose = "split_part(thread_id, '/', 1)" if table in THREADS else "workspace_id"
            said = f"SELECT t.*, t::text AS whole FROM {table} t WHERE {whose} = :w"  # noqa: S608
            found = connection.execute(text(said), {"w": database.workspace}).mappings().all()
            assert found, f"nothing is seeded in {table}"
            rows[table] = frozenset(str(row["whole"]) for row in found)
            names = [name for of, name in columns if of == table]
            values[table] = tuple((name, str(found[0][name])) for name in names)
    return There(rows, values)


def test_no_statement_reads_or_changes_a_row_of_another_workspace(
    database: Database,
    neighbor: Database,  # noqa: F811
) -> None:
    with database.begin():
        pass  # this workspace is there, and holds nothing
    there = _there(neighbor)
    every = sorted(there.rows)
    asked: set[str] = set()

    @settings(
        max_examples=STATEMENTS,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        shape=st.sampled_from(SHAPES),
        table=st.sampled_from(every),
        other=st.sampled_from(every),
        draw=st.data(),
    )
    def ask(shape: str, table: str, other: str, draw: Any) -> None:
        column, value = draw.draw(st.sampled_from(there.values[table]))
        statement = shape.format(table=table, other=other, column=f'"{column}"')
        seen = _run(database, statement, {"value": value} if ":value" in statement else {})
        crossed = [row for row in seen if neighbor.workspace in row or row in there.rows[table]]
        assert crossed == [], statement
        asked.add(table)

    ask()

    for table in every:  # and each of them whole, whatever was drawn
        own = [f"({database.workspace})"] if table == "workspaces" else []
        assert _run(database, SHAPES[0].format(table=table), {}) == own
    assert _there(neighbor) == there
    assert len(asked) > len(every) // 2


def _run(database: Database, statement: str, values: dict[str, str]) -> list[str]:
    """The rows that it gives under the application's role; none where it is refused. Undone."""
    with database._engine.connect() as connection:
        database._enter(connection)
        try:
            if statement.startswith("COPY"):
                raw = connection.connection.cursor()
                with raw.copy(statement) as copied:
                    return [bytes(line).decode() for line in copied]
            found = connection.execute(text(statement), values).mappings().all()
        except DBAPIError as error:
            if not any(word in str(error.orig) for word in REFUSED):
                raise
            return []
        finally:
            connection.rollback()
    return [str(row["row"]) for row in found if row["row"] is not None]
