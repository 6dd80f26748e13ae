"""`SuggestionStore` on PostgreSQL: one row per suggestion, its body as JSONB."""

from sqlalchemy import text

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import json_text, read_back
from assist.domain.suggestion import Suggestion
from assist.errors import NotFound

SAVE = text("""
    INSERT INTO suggestions (suggestion_id, ticket_id, revision, generation_id, created_at, body)
    VALUES (:id, :ticket_id, :revision, :generation, :created_at, CAST(:body AS jsonb))
    ON CONFLICT (workspace_id, suggestion_id) DO UPDATE SET
        ticket_id = excluded.ticket_id, revision = excluded.revision,
        generation_id = excluded.generation_id, created_at = excluded.created_at,
        body = excluded.body
""")
GET = text("SELECT CAST(body AS text) FROM suggestions WHERE suggestion_id = :id")


class PostgresSuggestions:
    """The suggestions of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, suggestion: Suggestion) -> None:
        """Keep it; saving the same id again replaces it. Raises `BadInput` for a NUL character."""
        row = suggestion.model_dump(
            include={"id", "ticket_id", "revision", "generation", "created_at"}
        )
        row["body"] = json_text(suggestion, f"suggestion {suggestion.id!r}")
        with self._database.begin() as connection:
            connection.execute(SAVE, row)

    def get(self, suggestion_id: str) -> Suggestion:
        """The suggestion of this id. Raises `NotFound`."""
        with self._database.connect() as connection:
            body = connection.execute(GET, {"id": suggestion_id}).scalar()
        if body is None:
            raise NotFound(f"there is no suggestion {suggestion_id!r}")
        return read_back(Suggestion, body)
