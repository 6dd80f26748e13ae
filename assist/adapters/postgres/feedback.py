"""`FeedbackStore` on PostgreSQL: a row per thing that an agent did."""

from datetime import datetime

from psycopg.errors import ForeignKeyViolation
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import json_text, plain_text, read_back
from assist.domain.feedback import Feedback
from assist.errors import AlreadyDone, NotFound

ADD = text("""
    INSERT INTO feedback (suggestion_id, key, kind, at, body)
    VALUES (:suggestion_id, :key, :kind, :at, CAST(:body AS json))
    ON CONFLICT (workspace_id, suggestion_id, key) DO NOTHING
""")
KEPT = "SELECT CAST(body AS text) FROM feedback WHERE suggestion_id = :suggestion_id"
OF_SUGGESTION = text(f"{KEPT} ORDER BY number")
BY_KEY = text(f"{KEPT} AND key = :key")
SINCE = text("SELECT CAST(body AS text) FROM feedback WHERE at >= :at ORDER BY at, number")


class PostgresFeedback:
    """The feedback of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, feedback: Feedback) -> Feedback:
        """Keep it, once. Raises `NotFound`, `AlreadyDone`, `BadInput`."""
        row = feedback.model_dump(include={"suggestion_id", "key", "kind", "at"})
        row["body"] = json_text(feedback, f"feedback {feedback.key!r}")
        with self._database.begin() as connection:
            try:
                if connection.execute(ADD, row).rowcount:
                    return feedback
            except IntegrityError as error:
                if not isinstance(error.orig, ForeignKeyViolation):
                    raise
                raise no_such_suggestion(feedback.suggestion_id) from error
            kept = read_back(Feedback, connection.execute(BY_KEY, row).scalar_one())
        check_same_feedback(kept, feedback)
        return kept

    def of_suggestion(self, suggestion_id: str) -> tuple[Feedback, ...]:
        """All about a suggestion, oldest first."""
        wanted = {"suggestion_id": plain_text(suggestion_id, "suggestion_id")}
        with self._database.connect() as connection:
            bodies = connection.execute(OF_SUGGESTION, wanted).scalars()
            return tuple(read_back(Feedback, body) for body in bodies)

    def since(self, at: datetime) -> tuple[Feedback, ...]:
        """All that was given at that time or later, oldest first."""
        with self._database.connect() as connection:
            bodies = connection.execute(SINCE, {"at": at}).scalars()
            return tuple(read_back(Feedback, body) for body in bodies)


def no_such_suggestion(suggestion_id: str) -> NotFound:
    """What is said where no suggestion has this id."""
    return NotFound(f"there is no suggestion {suggestion_id!r}")


def check_same_feedback(kept: Feedback, given: Feedback) -> None:
    """Raises `AlreadyDone` unless both say the same, at whatever time."""
    if kept.model_copy(update={"at": given.at}) != given:
        raise AlreadyDone(
            f"the key {given.key!r} is that of other feedback",
            cure="give each its own, and the same one only to send it again",
            where="key",
        )
