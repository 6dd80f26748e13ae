"""`Erasure` on PostgreSQL: the rows of a person, or of old cases, deleted by the tables' owner.

The application's role may change or delete nothing of what happened. Erasing is done as the user
who signed in, in transactions of its own that do nothing else.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from assist.adapters.postgres import forget_sql as sql
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.forget_scrub import scrub
from assist.adapters.postgres.forget_search import search
from assist.adapters.postgres.grants import lock_key
from assist.adapters.postgres.rows import plain_text
from assist.domain.forgetting import (
    Belongings,
    Known,
    Person,
    Searched,
    Tombstone,
    TombstoneKind,
    digest_of,
)
from assist.errors import NotReady
from assist.understanding.recognizable import known_of

PATIENCE = "60s"
"""As long as whoever works on a case may be at it: a suggestion by a model takes up to that."""


class PostgresErasure:
    """The rows of the database's workspace. `wal` says whether the write-ahead log is ours too."""

    def __init__(self, database: Database, *, owns_server: bool = False) -> None:
        self._database = database
        self._owns_server = owns_server

    def belongings(self, person: Person) -> Belongings:
        """What is kept of them, and how they are known; nothing is changed."""
        _check(person)
        with self._database.own() as connection:
            return belongings_in(connection, person)

    def forget(self, theirs: Belongings, at: datetime) -> Belongings:
        """Take it away, and leave a tombstone. Raises `NotReady`, `StoreUnavailable`."""
        with self._database.own() as connection:
            return forget_in(connection, theirs, at)

    def precedents(self, theirs: Belongings) -> tuple[str, ...]:
        """Ids of precedents, in any generation, that name one of their cases or tickets."""
        ids = [*theirs.cases, *theirs.tickets]
        with self._database.own() as connection:
            return tuple(connection.execute(sql.PRECEDENTS, {"ids": ids}).scalars())

    def drop_file(self, name: str, generations: Sequence[str]) -> None:
        """Take a file of the company's out of generations that do not serve any more."""
        with self._database.own() as connection:
            given = {"name": name, "generations": list(generations)}
            connection.execute(sql.DROP_FILE, given)
            connection.execute(sql.DROP_ORPHANS)

    def expire(self, before: datetime, limit: int) -> int:
        """Take away cases that ended before then, and suggestions without a case."""
        wanted = {"before": before, "limit": limit}
        with self._database.own() as connection:
            cases = connection.execute(sql.ENDED_BEFORE, wanted).all()
            alone = connection.execute(sql.ALONE_BEFORE, wanted).scalars().all()
            _hold(connection, [row.case_id for row in cases])
            # Once more: one of them may have been opened again before it was held.
            cases = connection.execute(sql.ENDED_BEFORE, wanted).all()
            old = Belongings(
                tickets=(*(row.ticket_id for row in cases),),
                cases=tuple(row.case_id for row in cases),
            )
            _take(connection, old)
            _take(connection, Belongings(tickets=tuple(alone), before=before))
            return len(cases) + len(alone)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Who was forgotten, as keyed hashes; the earliest first."""
        with self._database.own() as connection:
            return tombstones_in(connection)

    def scrub(self) -> tuple[str, ...]:
        """Overwrite what deleted rows left in the database's files; what was done and what not."""
        return scrub(self._database, owns_server=self._owns_server)

    def search(self, known: Sequence[Known]) -> Searched:
        """Look for these in every table."""
        with self._database.own() as connection:
            return search(connection, known)


def belongings_in(connection: Connection, person: Person) -> Belongings:
    """What is kept of them, as this transaction of the tables' owner sees it."""
    given: dict[str, Any] = {"customer": person.customer_id, "before": person.before}
    told = [*connection.execute(sql.BY_ID, given)]
    emails = sorted({row.email.lower() for row in told if row.email})
    if emails:
        told += connection.execute(sql.BY_EMAIL, given | {"emails": emails})
    tickets = {*person.tickets, *(row.ticket_id for row in told)}
    tickets |= set(connection.execute(sql.ELSEWHERE, given).scalars())
    rows = connection.execute(sql.BY_ROW, given | {"tickets": sorted(tickets)}).all()
    cases = {row.case_id for row in told} | {row.case_id for row in rows}
    tickets |= {row.ticket_id for row in rows}
    bodies = connection.execute(sql.TOLD, {"cases": sorted(cases)}).scalars()
    found = Belongings(
        customer_id=person.customer_id,
        tickets=tuple(sorted(tickets)),
        cases=tuple(sorted(cases)),
        before=person.before,
        known=known_of(person.customer_id, tickets, bodies),
    )
    wanted = _wanted(connection, found)
    return found.model_copy(update={"rows": _counted(connection, wanted)})


def forget_in(connection: Connection, theirs: Belongings, at: datetime) -> Belongings:
    """Take it away in this transaction of the tables' owner, and leave a tombstone."""
    _hold(connection, theirs.cases)
    if theirs.customer_id is not None:
        whose = current_workspace(connection)
        key = lock_key(whose, theirs.customer_id)
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
    rows = _take(connection, theirs)
    _bury(connection, theirs, at)
    return theirs.model_copy(update={"rows": rows})


def bury_in(connection: Connection, tombstones: Sequence[Tombstone]) -> None:
    """Keep tombstones as they are; of two for the same id the later one counts."""
    connection.execute(sql.WORKSPACE)
    for one in tombstones:
        connection.execute(sql.BURY, one.model_dump())


def tombstones_in(connection: Connection) -> tuple[Tombstone, ...]:
    """Those of the workspace that was entered, the earliest first."""
    rows = connection.execute(sql.TOMBSTONES).mappings()
    return tuple(Tombstone.model_validate(dict(row)) for row in rows)


def current_workspace(connection: Connection) -> str:
    """The workspace that was entered."""
    found = connection.execute(text("SELECT current_setting('assist.workspace')")).scalar_one()
    return str(found)


def _check(person: Person) -> None:
    plain_text(person.customer_id or "", "CUSTOMER")
    for ticket in person.tickets:
        plain_text(ticket, "--ticket")


def _counted(connection: Connection, wanted: Mapping[str, object]) -> dict[str, int]:
    counts = {
        table: connection.execute(sql.count_of(table), dict(wanted)).scalar_one()
        for table, rule in sql.RULES.items()
        if rule.where
    }
    return {table: count for table, count in counts.items() if count}


def _take(connection: Connection, theirs: Belongings) -> dict[str, int]:
    wanted = _wanted(connection, theirs)
    taken = {
        table: connection.execute(sql.taken_from(table), wanted).rowcount
        for table, rule in sql.RULES.items()
        if rule.where
    }
    return {table: count for table, count in taken.items() if count}


def _wanted(connection: Connection, theirs: Belongings) -> dict[str, object]:
    workspace = current_workspace(connection)
    return {
        "customer": theirs.customer_id,
        "tickets": list(theirs.tickets),
        "cases": list(theirs.cases),
        "threads": [f"{workspace}/{case_id}" for case_id in theirs.cases],
        "before": theirs.before,
        "nobody": f"forgotten-{secrets.token_hex(8)}",
    }


def _hold(connection: Connection, cases: Sequence[str]) -> None:
    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
    try:
        connection.execute(sql.HOLD_CASES, {"cases": list(cases)})
    except DBAPIError as error:
        if not isinstance(error.orig, LockNotAvailable):
            raise
        raise NotReady(
            f"somebody has been at one of the cases for {PATIENCE}",
            cure="try again in a moment: nothing has been taken away",
        ) from error


def _bury(connection: Connection, theirs: Belongings, at: datetime) -> None:
    before = tombstones_in(connection)
    salt = before[0].salt if before else secrets.token_hex(32)
    ids: list[tuple[TombstoneKind, str]] = [("ticket", ticket) for ticket in theirs.tickets]
    if theirs.customer_id is not None:
        ids.append(("customer", theirs.customer_id))
    bury_in(
        connection,
        [Tombstone(kind=k, digest=digest_of(k, one, salt), salt=salt, at=at) for k, one in ids],
    )
