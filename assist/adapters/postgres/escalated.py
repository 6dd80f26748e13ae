"""`EscalatedStore` on PostgreSQL: a row per escalation, its body as JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import json_text, plain_text, read_back
from assist.domain.escalated import Escalated, EscalatedState
from assist.errors import NotFound

ADD = text("""
    INSERT INTO escalations (escalation_id, case_id, ticket_id, team, state, taken_by, deadline,
                             body)
    VALUES (:id, :case_id, :ticket_id, :team, :state, :taken_by, :deadline, CAST(:body AS json))
    ON CONFLICT (workspace_id, escalation_id) DO NOTHING
""")
CHANGE = text("""
    UPDATE escalations SET state = :state, taken_by = :taken_by, body = CAST(:body AS json)
    WHERE escalation_id = :id AND state = :state_before AND taken_by = :taken_by_before
""")
GET = text("SELECT CAST(body AS text) FROM escalations WHERE escalation_id = :id")
OF_TICKET = text("""
    SELECT CAST(body AS text) FROM escalations WHERE ticket_id = :ticket_id ORDER BY number
""")
LISTED = text("""
    SELECT CAST(body AS text) FROM escalations
    WHERE state = ANY(:states) AND (CAST(:team AS text) IS NULL OR team = CAST(:team AS text))
    ORDER BY state IN ('answered', 'withdrawn'), deadline, number LIMIT :limit
""")
DUE = text("""
    SELECT CAST(body AS text) FROM escalations
    WHERE state IN ('open', 'taken') AND deadline <= :at ORDER BY deadline, number LIMIT :limit
""")


class PostgresEscalated:
    """The escalations of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, escalated: Escalated) -> None:
        """Keep a new one; what is there stays. Raises `BadInput` for what cannot be stored."""
        with self._database.begin() as connection:
            connection.execute(ADD, _row(escalated))

    def get(self, escalation_id: str) -> Escalated:
        """Raises `NotFound`."""
        wanted = {"id": plain_text(escalation_id, "escalation_id")}
        with self._database.connect() as connection:
            body = connection.execute(GET, wanted).scalar()
        if body is None:
            raise no_such_escalation(escalation_id)
        return read_back(Escalated, body)

    def change(self, before: Escalated, after: Escalated) -> bool:
        """Keep `after` where it still stands as `before`. Raises `BadInput`."""
        stood = {"state_before": before.state, "taken_by_before": before.taken_by}
        with self._database.begin() as connection:
            return bool(connection.execute(CHANGE, _row(after) | stood).rowcount)

    def of_ticket(self, ticket_id: str) -> tuple[Escalated, ...]:
        """All of a ticket's case, oldest first."""
        return self._read(OF_TICKET, {"ticket_id": plain_text(ticket_id, "ticket_id")})

    def listed(
        self, states: Sequence[EscalatedState], team: str | None, limit: int
    ) -> tuple[Escalated, ...]:
        """What waits first, and of that what has been due for longest."""
        of_team = None if team is None else plain_text(team, "team")
        return self._read(LISTED, {"states": list(states), "team": of_team, "limit": limit})

    def due(self, at: datetime, limit: int) -> tuple[Escalated, ...]:
        """Those that nobody has answered by their deadline."""
        return self._read(DUE, {"at": at, "limit": limit})

    def _read(self, query: Any, wanted: Mapping[str, object]) -> tuple[Escalated, ...]:
        with self._database.connect() as connection:
            bodies = connection.execute(query, dict(wanted)).scalars()
            return tuple(read_back(Escalated, body) for body in bodies)


def no_such_escalation(escalation_id: str) -> NotFound:
    """What is said where no escalation has this id."""
    return NotFound(f"there is no escalation {escalation_id!r}")


def _row(escalated: Escalated) -> dict[str, object]:
    row = escalated.model_dump(
        include={"id", "case_id", "ticket_id", "state", "taken_by", "deadline"}
    )
    body = json_text(escalated, f"escalation {escalated.id!r}")
    return row | {"team": escalated.path.team, "body": body}
