"""`CaseStore` on PostgreSQL: a row per case, per event and per entry of the ledger."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from assist.adapters.postgres import cases_sql as sql
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import json_text, plain_text, read_back
from assist.adapters.postgres.timers_sql import set_timers
from assist.domain.case_event import CaseEvent, CaseRow, CaseStatus
from assist.domain.ledger import GRACE, Entry, EntryState, LedgerCounts
from assist.errors import AlreadyDone, NotFound, NotReady

PATIENCE = "60s"
"""How long an act waits for another on the same case: a suggestion by a model takes up to that."""


class PostgresCases:
    """The cases of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def hold(self, case_id: str) -> Iterator[None]:
        """Hold a case until the block ends; who dies lets go. Raises `NotReady`."""
        wanted = {"case_id": _plain(case_id), "patience": PATIENCE}
        with self._database.connect() as connection:
            try:
                connection.execute(sql.HOLD, wanted)
            except DBAPIError as error:
                if not isinstance(error.orig, LockNotAvailable):
                    raise
                raise NotReady(
                    f"somebody else has been at case {case_id!r} for {PATIENCE}",
                    cure="try again in a moment",
                ) from error
            yield

    def open(self, row: CaseRow, opened: CaseEvent) -> CaseRow:
        """Keep a new case with its first event; the one that the ticket has already, if any."""
        with self._database.begin() as connection:
            if connection.execute(sql.OPEN, row.model_dump()).rowcount:
                _append(connection, row.id, opened)
            found = _row(connection, sql.OF_TICKET, {"ticket_id": row.ticket_id})
        if found is None:
            raise no_such_case(row.id)
        return found

    def get(self, case_id: str) -> CaseRow:
        """Raises `NotFound`."""
        with self._database.connect() as connection:
            found = _row(connection, sql.GET, {"id": _plain(case_id)})
        if found is None:
            raise no_such_case(case_id)
        return found

    def of_ticket(self, ticket_id: str) -> CaseRow | None:
        """The case of a ticket, or none."""
        with self._database.connect() as connection:
            wanted = {"ticket_id": plain_text(ticket_id, "ticket_id")}
            return _row(connection, sql.OF_TICKET, wanted)

    def append(self, case_id: str, event: CaseEvent) -> CaseEvent:
        """Keep what happened, numbered after the last. Raises `NotFound`, `AlreadyDone`."""
        with self._database.begin() as connection:
            return _append(connection, case_id, event)

    def events(self, case_id: str) -> tuple[CaseEvent, ...]:
        """All that happened, oldest first. Raises `NotFound`."""
        self.get(case_id)
        with self._database.connect() as connection:
            rows = connection.execute(sql.EVENTS, {"case_id": case_id}).mappings()
            return tuple(_event(dict(row)) for row in rows)

    def save(self, row: CaseRow, ledger: Sequence[Entry], ended: Sequence[Entry] = ()) -> None:
        """Keep where a case stands, its new entries with their timers, and those that ended."""
        with self._database.begin() as connection:
            connection.execute(sql.SAVE, row.model_dump())
            if ledger:
                _write(connection, ledger)
            for entry in ended:
                connection.execute(sql.SETTLE, _written(entry))

    def of_customer(self, customer_id: str, since: datetime, limit: int) -> tuple[CaseRow, ...]:
        """A customer's cases to which something happened since then, oldest first."""
        wanted = {"customer_id": plain_text(customer_id, "customer_id"), "since": since}
        with self._database.connect() as connection:
            rows = connection.execute(sql.OF_CUSTOMER, wanted | {"limit": limit}).mappings()
            return tuple(CaseRow.model_validate(dict(row)) for row in rows)

    def listed(self, statuses: Sequence[CaseStatus], limit: int) -> tuple[CaseRow, ...]:
        """The cases in one of these, the one that changed last first."""
        wanted = {"statuses": list(statuses), "limit": limit}
        with self._database.connect() as connection:
            rows = connection.execute(sql.LISTED, wanted).mappings()
            return tuple(CaseRow.model_validate(dict(row)) for row in rows)

    def behind(self, limit: int) -> tuple[str, ...]:
        """Ids of cases to which something happened that is not in their state yet."""
        with self._database.connect() as connection:
            return tuple(connection.execute(sql.BEHIND, {"limit": limit}).scalars())

    def entries(self, case_id: str) -> tuple[Entry, ...]:
        """A case's ledger, in the order it was written."""
        return self._read(sql.OF_CASE, {"case_id": _plain(case_id)})

    def ledger(
        self, states: Sequence[EntryState], due_by: datetime | None, limit: int
    ) -> tuple[Entry, ...]:
        """Entries in one of these states, due by then, earliest due first."""
        return self._read(sql.LEDGER, {"states": list(states), "due_by": due_by, "limit": limit})

    def due(self, now: datetime, limit: int) -> tuple[Entry, ...]:
        """Open entries whose time has come and that are not overdue yet, earliest due first."""
        return self._read(sql.DUE, {"now": now, "late": now - GRACE, "limit": limit})

    def overdue(self, now: datetime, limit: int) -> tuple[Entry, ...]:
        """Open entries that should have been done, earliest due first."""
        return self._read(sql.OVERDUE, {"late": now - GRACE, "limit": limit})

    def status_counts(self) -> dict[CaseStatus, int]:
        """How many cases stand where."""
        with self._database.connect() as connection:
            rows = connection.execute(sql.STATUS_COUNTS).all()
        return {row.status: row.cases for row in rows}

    def ledger_counts(self, now: datetime) -> LedgerCounts:
        """How many entries of the ledger stand how."""
        with self._database.connect() as connection:
            rows = connection.execute(sql.COUNTS, {"now": now, "late": now - GRACE}).all()
        return LedgerCounts.model_validate({row.standing: row.entries for row in rows})

    def entry(self, entry_id: str) -> Entry:
        """Raises `NotFound`."""
        with self._database.connect() as connection:
            body = connection.execute(sql.ENTRY, {"id": _plain(entry_id)}).scalar()
        if body is None:
            raise no_such_entry(entry_id)
        return read_back(Entry, body)

    def settle(self, entry: Entry) -> Entry:
        """Keep how an open entry ended. Raises `NotFound`, `AlreadyDone`."""
        with self._database.begin() as connection:
            if connection.execute(sql.SETTLE, _written(entry)).rowcount:
                return entry
        kept = self.entry(entry.id)
        if (kept.state, kept.note) != (entry.state, entry.note):
            raise ended_otherwise(kept)
        return kept

    def _read(self, query: Any, wanted: Mapping[str, object]) -> tuple[Entry, ...]:
        with self._database.connect() as connection:
            bodies = connection.execute(query, dict(wanted)).scalars()
            return tuple(read_back(Entry, body) for body in bodies)


def no_such_case(case_id: str) -> NotFound:
    """What is said where no case has this id."""
    return NotFound(f"there is no case {case_id!r}")


def no_such_entry(entry_id: str) -> NotFound:
    """What is said where the ledger has no entry of this id."""
    return NotFound(f"the ledger has no entry {entry_id!r}")


def ended_otherwise(kept: Entry) -> AlreadyDone:
    """What is said where an entry was settled before, in another way."""
    return AlreadyDone(
        f"entry {kept.id!r} is {kept.state}, by {kept.settled_by}",
        cure="what was said of it stands",
    )


def check_same(kept: CaseEvent, event: CaseEvent) -> None:
    """Raises `AlreadyDone` unless both say that the same happened, by the same person."""
    if (kept.kind, kept.by, _body(kept)) != (event.kind, event.by, _body(event)):
        raise AlreadyDone(
            f"the key {event.key!r} is that of another act",
            cure="give each act a key of its own, and the same one only to send it again",
            where="key",
        )


def _plain(case_id: str) -> str:
    return plain_text(case_id, "id")


def _body(event: CaseEvent) -> str:
    return json.dumps(event.body, sort_keys=True)


def _row(connection: Connection, query: Any, wanted: Mapping[str, object]) -> CaseRow | None:
    found = connection.execute(query, dict(wanted)).mappings().one_or_none()
    return CaseRow.model_validate(dict(found)) if found else None


def _event(row: dict[str, Any]) -> CaseEvent:
    return CaseEvent.model_validate(row | {"body": json.loads(row["body"])})


def _append(connection: Connection, case_id: str, event: CaseEvent) -> CaseEvent:
    kept = connection.execute(sql.BY_KEY, {"case_id": _plain(case_id), "key": event.key})
    if found := kept.mappings().one_or_none():
        before = _event(dict(found))
        check_same(before, event)
        return before
    number = connection.execute(sql.NEXT, {"case_id": case_id}).scalar()
    if number is None:
        raise no_such_case(case_id)
    numbered = event.model_copy(update={"number": number})
    body = json.loads(json_text(numbered, f"event {event.key!r}"))["body"]
    row = numbered.model_dump(exclude={"body"}) | {"body": json.dumps(body)}
    connection.execute(sql.APPEND, row | {"case_id": case_id})
    return numbered


def _write(connection: Connection, ledger: Sequence[Entry]) -> None:
    """The entries that are not there yet, each with its timer: both or neither."""
    rows = [_written(entry) for entry in ledger]
    told = {"entries": json.dumps(rows, default=datetime.isoformat)}
    new = set(connection.execute(sql.WRITE, told).scalars())
    set_timers(
        connection,
        "entry",
        {e.id: e.reminded_at for e in ledger if e.id in new and e.reminded_at is not None},
    )


def _written(entry: Entry) -> dict[str, object]:
    row = entry.model_dump(include={"id", "case_id", "state", "check_at"})
    row["due"] = entry.due or entry.check_at  # what has no time of its own is listed by that
    return row | {"body": json_text(entry, f"ledger entry {entry.id!r}")}
