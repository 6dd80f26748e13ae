"""`GapStore` on PostgreSQL: a row per gap, per ticket that proves it, per thing that happened."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, RowMapping

from assist.adapters.postgres import gap_store_sql as sql
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import json_text, plain_text, read_back
from assist.errors import NotFound
from assist.ports.gap_store import GapPage

if TYPE_CHECKING:  # what a search need not wait for
    from assist.domain.gap_work import GapEvent, GapRun, TrackedGap
    from assist.domain.gaps import GapKind, GapState, GapTicket
    from assist.ports.gap_store import Change

OF_ITS_OWN = frozenset({"gap", "center", "proof"})
"""What does not stand in a column as it is."""


class PostgresGaps:
    """The gaps of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def hold(self) -> Iterator[bool]:
        """Whether nobody else looks for gaps until the block ends; who dies lets go."""
        with self._database.connect() as connection:
            yield bool(connection.execute(sql.HOLD).scalar())

    def add(self, gap: "TrackedGap", event: "GapEvent") -> None:
        """Keep a new gap with its tickets; one that is there already stays as it is."""
        with self._database.begin() as connection:
            if connection.execute(sql.ADD, _row(gap)).rowcount:
                _add_tickets(connection, gap, ())
                _add_event(connection, gap.gap.id, event)

    def change(self, gap_id: str, key: str, change: "Change") -> "TrackedGap":
        """Change a gap under its row's lock; once per key. Raises `NotFound`."""
        wanted = {"gap_id": _plain(gap_id), "key": plain_text(key, "key")}
        with self._database.begin() as connection:
            row = connection.execute(sql.LOCK, wanted).mappings().one_or_none()
            if row is None:
                raise no_such_gap(gap_id)
            kept = _tracked(row, _tickets(connection, gap_id)[gap_id])
            if connection.execute(sql.HAPPENED, wanted).scalar():
                return kept
            new, event = change(kept)
            connection.execute(sql.SAVE, _row(new, kept.gap.tickets))
            _add_tickets(connection, new, kept.gap.tickets)
            if event is not None:
                _add_event(connection, gap_id, event)
            row = connection.execute(sql.ONE, wanted).mappings().one()
            return _tracked(row, _tickets(connection, gap_id)[gap_id])

    def get(self, gap_id: str) -> "TrackedGap":
        """The gap with its tickets. Raises `NotFound`."""
        with self._database.connect() as connection:
            row = connection.execute(sql.ONE, {"gap_id": _plain(gap_id)}).mappings().one_or_none()
            if row is None:
                raise no_such_gap(gap_id)
            return _tracked(row, _tickets(connection, gap_id)[gap_id])

    def history(self, gap_id: str) -> tuple["GapEvent", ...]:
        """All that happened to it, oldest first. Raises `NotFound`."""
        from assist.domain.gap_work import GapEvent

        wanted = {"gap_id": _plain(gap_id)}
        with self._database.connect() as connection:
            rows = connection.execute(sql.HISTORY, wanted).mappings().all()
        if not rows:  # what is there was found, and that is written down
            raise no_such_gap(gap_id)
        return tuple(GapEvent.model_validate(dict(row)) for row in rows)

    def listed(
        self,
        states: Sequence["GapState"],
        kind: "GapKind | None",
        limit: int,
        offset: int = 0,
    ) -> GapPage:
        """Those in one of these states, of this kind, the greatest impact first."""
        wanted = {"states": list(states), "kind": kind, "limit": limit, "offset": offset}
        with self._database.connect() as connection:
            rows = connection.execute(sql.PAGE, wanted).mappings().all()
            total = connection.execute(sql.COUNT, wanted).scalar_one()
        gaps = tuple(_tracked(row, ()).model_copy(update={"center": ()}) for row in rows)
        return GapPage(gaps, tuple(row["volume"] for row in rows), total)

    def tracked(self) -> tuple["TrackedGap", ...]:
        """All of them with their tickets, the oldest first."""
        with self._database.connect() as connection:
            rows = connection.execute(sql.EVERY).mappings().all()
            tickets = _tickets(connection, None)
        return tuple(_tracked(row, tickets[row["gap_id"]]) for row in rows)

    def add_run(self, run: "GapRun") -> None:
        """Keep how a look for gaps ended."""
        row = {"started_at": run.started_at, "body": json_text(run, "the look for gaps")}
        with self._database.begin() as connection:
            connection.execute(sql.ADD_RUN, row)

    def last_run(self) -> "GapRun | None":
        """The last that was kept; none where there was none yet."""
        return self._last(good=False)

    def last_good_run(self) -> "GapRun | None":
        """The last without an error."""
        return self._last(good=True)

    def _last(self, *, good: bool) -> "GapRun | None":
        from assist.domain.gap_work import GapRun

        with self._database.connect() as connection:
            body = connection.execute(sql.LAST_RUN, {"good": good}).scalar()
        return None if body is None else read_back(GapRun, body)


def no_such_gap(gap_id: str) -> NotFound:
    """What is said where no gap has this id."""
    return NotFound(f"there is no gap {gap_id!r}", cure="choose one of GET /v1/gaps")


def numbered(tickets: Sequence["GapTicket"]) -> Iterator[tuple[tuple[str, int], "GapTicket"]]:
    """Each ticket under its id and a number: one may ask for the same thing twice."""
    parts: defaultdict[str, int] = defaultdict(int)
    for ticket in tickets:
        yield (ticket.ticket_id, parts[ticket.ticket_id]), ticket
        parts[ticket.ticket_id] += 1


def _plain(gap_id: str) -> str:
    return plain_text(gap_id, "id")


def _row(gap: "TrackedGap", before: Sequence["GapTicket"] = ()) -> dict[str, Any]:
    what = f"gap {gap.gap.id!r}"
    body = gap.gap.model_copy(update={"tickets": ()})
    json_text(gap, what)
    return gap.model_dump(exclude=set(OF_ITS_OWN)) | {
        "gap_id": gap.gap.id,
        "kind": gap.gap.kind,
        "impact": gap.gap.impact,
        "center": json.dumps(gap.center),
        "made_of": json.dumps(sorted({ticket.ticket_id for ticket in (*before, *gap.gap.tickets)})),
        "body": json_text(body, what),
        "proof": json_text(gap.proof, what) if gap.proof else None,
    }


def _add_tickets(connection: Connection, gap: "TrackedGap", before: Sequence["GapTicket"]) -> None:
    known = dict(numbered(before))
    rows = [
        {
            "gap_id": gap.gap.id,
            "ticket_id": plain_text(ticket_id, "ticket_id"),
            "part": part,
            "body": json_text(ticket, f"ticket {ticket_id!r}"),
        }
        for (ticket_id, part), ticket in numbered(gap.gap.tickets)
        if known.get((ticket_id, part)) != ticket
    ]
    if rows:
        connection.execute(sql.ADD_TICKET, rows)


def _add_event(connection: Connection, gap_id: str, event: "GapEvent") -> None:
    told = event.model_dump() | {"gap_id": gap_id, "tickets": json.dumps(event.tickets)}
    for name in ("key", "by", "reason"):
        plain_text(told[name], name)
    connection.execute(sql.ADD_EVENT, told)


def _tickets(
    connection: Connection, gap_id: str | None
) -> defaultdict[str, tuple["GapTicket", ...]]:
    from assist.domain.gaps import GapTicket

    found: defaultdict[str, list[GapTicket]] = defaultdict(list)
    for row in connection.execute(sql.TICKETS, {"gap_id": gap_id}):
        found[row.gap_id].append(read_back(GapTicket, row.body))
    return defaultdict(tuple, {name: tuple(some) for name, some in found.items()})


def _tracked(row: RowMapping, tickets: Sequence["GapTicket"]) -> "TrackedGap":
    from assist.domain.gap_work import TrackedGap
    from assist.domain.gaps import Gap, GapProof

    given = {k: v for k, v in row.items() if k in TrackedGap.model_fields}
    gap = read_back(Gap, row["body"]).model_copy(update={"tickets": tuple(tickets)})
    proof = read_back(GapProof, row["proof"]) if row["proof"] else None
    return TrackedGap.model_validate(
        given | {"gap": gap, "center": tuple(json.loads(row["center"])), "proof": proof}
    )
