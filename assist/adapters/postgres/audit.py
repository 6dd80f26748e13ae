"""`AuditLog` on PostgreSQL: a row per entry, which nobody changes."""

from collections.abc import Iterator, Sequence

from sqlalchemy import text

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import plain_text
from assist.domain.audit import AuditEntry, AuditQuery

ADD = text("""
    INSERT INTO audit (entry_id, at, who, means, what, about, outcome)
    VALUES (:id, :at, :who, :means, :what, CAST(:about AS text[]), :outcome)
    ON CONFLICT DO NOTHING
""")
LISTED = """
    SELECT entry_id AS id, at, who, means, what, about, outcome FROM audit
    WHERE {}
    ORDER BY number DESC LIMIT :limit
"""
CONDITIONS = {
    "since": "at >= :since",
    "until": "at < :until",
    "who": "who = :who",
    "what": "what = :what",
    "about": ":about = ANY (about)",
    "before": "number < (SELECT number FROM audit WHERE entry_id = :before)",
}


class PostgresAudit:
    """The audit log of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, entries: Sequence[AuditEntry]) -> None:
        """Keep them, all or none."""
        if not entries:
            return
        rows = [entry.model_dump() | {"about": list(entry.about)} for entry in entries]
        with self._database.begin() as connection:
            connection.execute(ADD, rows)

    def listed(self, query: AuditQuery) -> tuple[AuditEntry, ...]:
        """Those that were asked for, the newest first."""
        given = query.model_dump(exclude_none=True)
        for name, value in given.items():
            if isinstance(value, str):
                plain_text(value, name)
        chosen = " AND ".join(_conditions(given)) or "true"
        with self._database.connect() as connection:
            rows = connection.execute(text(LISTED.format(chosen)), given).mappings()
            return tuple(AuditEntry.model_validate(dict(row)) for row in rows)


def _conditions(given: dict[str, object]) -> Iterator[str]:
    """Our own words, chosen by which values are given; the values are parameters."""
    return (condition for name, condition in CONDITIONS.items() if name in given)
