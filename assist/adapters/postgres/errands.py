"""`ErrandStore` on PostgreSQL: a row per errand, its timer set in the same transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import plain_text
from assist.adapters.postgres.timers_sql import set_timers
from assist.domain.errands import Errand, ErrandState, HelpdeskStanding
from assist.errors import NotFound

ERRAND = """
    SELECT errand_id AS id, kind, helpdesk, ticket_id, key, signed, case_id, state, made_at,
           tried_at, tries, problem
    FROM errands
"""
ADD = text("""
    INSERT INTO errands (errand_id, kind, helpdesk, ticket_id, key, signed, case_id, state,
                         made_at, tried_at, tries, problem)
    VALUES (:id, :kind, :helpdesk, :ticket_id, :key, :signed, :case_id, :state,
            :made_at, :tried_at, :tries, :problem)
    ON CONFLICT DO NOTHING
""")
GET = text(f"{ERRAND} WHERE errand_id = :id")
CHANGE = text("""
    UPDATE errands SET state = :state, tried_at = :tried_at, tries = :tries, problem = :problem,
                       case_id = :case_id
    WHERE errand_id = :id AND state = 'waiting'
""")
WAITING = text(f"""
    {ERRAND} WHERE helpdesk = :helpdesk AND ticket_id = :ticket_id AND state = 'waiting'
        AND kind = 'fetch'
    ORDER BY number
""")
UNTRIED = text("""
    SELECT errand_id FROM errands
    WHERE state = 'waiting' AND coalesce(tried_at, made_at) < CAST(:before AS timestamptz)
    ORDER BY number LIMIT :limit
""")
LISTED = text(f"{ERRAND} WHERE state = ANY(:states) ORDER BY number DESC LIMIT :limit")
STANDINGS = text("""
    SELECT helpdesk, count(*) FILTER (WHERE state = 'waiting') AS waiting,
           count(*) FILTER (WHERE state = 'failed') AS failed,
           max(made_at) FILTER (WHERE kind = 'fetch') AS heard_at,
           coalesce((array_agg(problem ORDER BY tried_at DESC)
                     FILTER (WHERE state = 'waiting' AND problem <> ''))[1], '') AS problem
    FROM errands GROUP BY helpdesk ORDER BY helpdesk
""")
PRUNE = text("DELETE FROM errands WHERE state <> 'waiting' AND made_at < :before")


class PostgresErrands:
    """The errands of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, errand: Errand, at: datetime) -> bool:
        """Keep a new one with its timer for `at`; false where it was told before."""
        told = errand.model_dump()
        for name in ("helpdesk", "ticket_id", "key"):
            plain_text(told[name], name)
        with self._database.begin() as connection:
            new = bool(connection.execute(ADD, told).rowcount)
            if new:
                set_timers(connection, "errand", {errand.id: at})
        return new

    def get(self, errand_id: str) -> Errand:
        """Raises `NotFound`."""
        found = self._read(GET, {"id": plain_text(errand_id, "errand_id")})
        if not found:
            raise no_such_errand(errand_id)
        return found[0]

    def change(self, errand: Errand) -> None:
        """Keep how it stands now, where it still waits."""
        with self._database.begin() as connection:
            connection.execute(CHANGE, errand.model_dump())

    def waiting(self, helpdesk: str, ticket_id: str) -> tuple[Errand, ...]:
        """What is still to be fetched of one ticket, the oldest first."""
        return self._read(WAITING, {"helpdesk": helpdesk, "ticket_id": ticket_id})

    def untried(self, before: datetime, limit: int) -> tuple[str, ...]:
        """Ids of those that wait and that nobody has tried since then, the oldest first."""
        with self._database.connect() as connection:
            wanted = {"before": before, "limit": limit}
            return tuple(connection.execute(UNTRIED, wanted).scalars())

    def listed(self, states: Sequence[ErrandState], limit: int) -> tuple[Errand, ...]:
        """Those in one of these states, the newest first."""
        return self._read(LISTED, {"states": list(states), "limit": limit})

    def standings(self) -> tuple[HelpdeskStanding, ...]:
        """How it goes with each helpdesk that was heard of."""
        with self._database.connect() as connection:
            rows = connection.execute(STANDINGS).mappings()
            return tuple(HelpdeskStanding.model_validate(dict(row)) for row in rows)

    def prune(self, before: datetime) -> int:
        """Delete what ended and was made before then; how many it was."""
        with self._database.begin() as connection:
            return connection.execute(PRUNE, {"before": before}).rowcount

    def _read(self, query: Any, wanted: Mapping[str, object]) -> tuple[Errand, ...]:
        with self._database.connect() as connection:
            rows = connection.execute(query, dict(wanted)).mappings()
            return tuple(Errand.model_validate(dict(row)) for row in rows)


def no_such_errand(errand_id: str) -> NotFound:
    """What is said where no errand has this id."""
    return NotFound(f"there is no errand {errand_id!r}")
