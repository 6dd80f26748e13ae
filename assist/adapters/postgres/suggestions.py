"""`SuggestionStore` on PostgreSQL: one row per suggestion, its body as JSONB."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import text

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import json_text, read_back
from assist.errors import NotFound

if TYPE_CHECKING:  # what a search need not wait for
    from assist.domain.inquiries import Asked
    from assist.domain.kb_health import UsedPassages
    from assist.domain.suggestion import Suggestion
    from assist.domain.suggestion_head import SuggestionHead

SAVE = text("""
    INSERT INTO suggestions (suggestion_id, ticket_id, revision, generation_id, created_at,
                             customer_id, body)
    VALUES (:id, :ticket_id, :revision, :generation, :created_at, :customer_id,
            CAST(:body AS jsonb))
    ON CONFLICT (workspace_id, suggestion_id) DO UPDATE SET
        ticket_id = excluded.ticket_id, revision = excluded.revision,
        generation_id = excluded.generation_id, created_at = excluded.created_at,
        customer_id = excluded.customer_id, body = excluded.body
""")
GET = text("SELECT CAST(body AS text) FROM suggestions WHERE suggestion_id = :id")
HEADS = text("""
    SELECT suggestion_id AS id, body -> 'issue' ->> 'statement' AS statement,
        body -> 'issue' ->> 'category' AS category,
        CAST(body -> 'escalation' ->> 'needed' AS boolean) AS escalate,
        body -> 'priority' -> 'clocks' AS clocks
    FROM suggestions WHERE suggestion_id = ANY(:ids)
""")
NEWEST = text("""
    SELECT CAST(body AS text) FROM (
        SELECT DISTINCT ON (ticket_id) suggestion_id, created_at, body FROM suggestions
        ORDER BY ticket_id, revision DESC, created_at DESC, suggestion_id
    ) AS latest
    ORDER BY created_at DESC, suggestion_id LIMIT :limit
""")

ASKED = text("""
    WITH latest AS (
        SELECT DISTINCT ON (ticket_id) ticket_id, created_at, body FROM suggestions
        WHERE created_at >= :since AND created_at < :until
        ORDER BY ticket_id, revision DESC, created_at DESC
    )
    SELECT ticket_id, created_at AS at, issue ->> 'statement' AS statement,
        issue ->> 'text' AS text,
        issue ->> 'category' AS category,
        jsonb_typeof(issue -> 'choice') = 'object' AS answered,
        jsonb_path_query_array(
            body, '$.candidates[*] ? (@.id == $chosen).citations[*].document_id',
            jsonb_build_object('chosen', issue -> 'choice' -> 'candidate_id')
        ) AS documents
    FROM latest, jsonb_array_elements(body -> 'issues') AS issue
    ORDER BY created_at DESC, ticket_id, issue ->> 'id'
""")

USED = text("""
    SELECT suggestion_id, ticket_id, created_at AS at, body -> 'issue' ->> 'category' AS category,
        COALESCE((
            SELECT jsonb_object_agg(hit ->> 'passage_id', hit ->> 'document_id')
            FROM jsonb_array_elements(body -> 'hits') AS hit
        ), '{}') AS found,
        ARRAY(
            SELECT DISTINCT cited #>> '{}' COLLATE "C" FROM (
                SELECT jsonb_path_query(body, '$.draft.sentences[*].citations[*].document_id')
                UNION ALL
                SELECT jsonb_path_query(
                    body, '$.candidates[*] ? (@.id == $chosen).citations[*].document_id',
                    jsonb_build_object('chosen', body -> 'choice' -> 'candidate_id')
                )
            ) AS all_cited (cited) ORDER BY 1
        ) AS cited
    FROM suggestions WHERE created_at >= :since AND created_at < :until
    ORDER BY created_at, suggestion_id
""")


class PostgresSuggestions:
    """The suggestions of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, suggestion: "Suggestion", customer_id: str | None = None) -> None:
        """Keep it; saving the same id again replaces it. Raises `BadInput` for a NUL character."""
        row = suggestion.model_dump(
            include={"id", "ticket_id", "revision", "generation", "created_at"}
        )
        row["customer_id"] = customer_id
        row["body"] = json_text(suggestion, f"suggestion {suggestion.id!r}")
        with self._database.begin() as connection:
            connection.execute(SAVE, row)

    def get(self, suggestion_id: str) -> "Suggestion":
        """The suggestion of this id. Raises `NotFound`."""
        from assist.domain.suggestion import Suggestion

        with self._database.connect() as connection:
            body = connection.execute(GET, {"id": suggestion_id}).scalar()
        if body is None:
            raise NotFound(f"there is no suggestion {suggestion_id!r}")
        return read_back(Suggestion, body)

    def heads(self, suggestion_ids: Sequence[str]) -> "Mapping[str, SuggestionHead]":
        """What lists tell of these, by id; one that there is not is left out."""
        from assist.domain.suggestion_head import SuggestionHead

        with self._database.connect() as connection:
            rows = connection.execute(HEADS, {"ids": list(suggestion_ids)}).mappings()
            found = (SuggestionHead.model_validate(dict(row)) for row in rows)
            return {head.id: head for head in found}

    def newest(self, limit: int) -> tuple["Suggestion", ...]:
        """The latest suggestion of each ticket, the newest first, so many at most."""
        from assist.domain.suggestion import Suggestion

        with self._database.connect() as connection:
            bodies = connection.execute(NEWEST, {"limit": limit}).scalars()
            return tuple(read_back(Suggestion, body) for body in bodies)

    def asked(self, since: datetime, until: datetime) -> tuple["Asked", ...]:
        """What each ticket of that time asks, by its latest revision; the newest first."""
        from assist.domain.inquiries import Asked

        with self._database.connect() as connection:
            rows = connection.execute(ASKED, {"since": since, "until": until}).mappings()
            return tuple(Asked.model_validate(dict(row)) for row in rows)

    def used(self, since: datetime, until: datetime) -> tuple["UsedPassages", ...]:
        """What each suggestion made in that time drew on, the oldest first."""
        from assist.domain.kb_health import UsedPassages

        with self._database.connect() as connection:
            rows = connection.execute(USED, {"since": since, "until": until}).mappings()
            return tuple(UsedPassages.model_validate(dict(row)) for row in rows)
