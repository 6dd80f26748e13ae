"""`ConsultationStore` on PostgreSQL: a row per consultation, its body as JSON."""

import json

from sqlalchemy import Connection, text

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import json_text, plain_text, read_back
from assist.domain.consultation import Consultation
from assist.errors import AlreadyDone, NotFound

ADD = text("""
    INSERT INTO consultations (consultation_id, ticket_id, state, due, body)
    VALUES (:id, :ticket_id, :state, :due, CAST(:body AS json))
    ON CONFLICT (workspace_id, consultation_id) DO NOTHING
""")
GET = text("SELECT CAST(body AS text) FROM consultations WHERE consultation_id = :id")
CLOSE = text("""
    UPDATE consultations SET state = :state, body = CAST(:body AS json)
    WHERE consultation_id = :id AND state IN ('proposed', 'open')
""")
OF_TICKET = text("""
    SELECT CAST(body AS text) FROM consultations WHERE ticket_id = :ticket_id ORDER BY number
""")
OPEN = text("""
    SELECT CAST(body AS text) FROM consultations WHERE state = 'open'
    ORDER BY due, number LIMIT :limit
""")


class PostgresConsultations:
    """The consultations of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, consultation: Consultation) -> None:
        """Keep a new one. Raises `AlreadyDone`, and `BadInput` for what cannot be stored."""
        with self._database.begin() as connection:
            if connection.execute(ADD, _row(consultation)).rowcount:
                return
            check_same_question(_get(connection, consultation.id), consultation)

    def get(self, consultation_id: str) -> Consultation:
        """The consultation of this id. Raises `NotFound`."""
        with self._database.connect() as connection:
            return _get(connection, consultation_id)

    def close(self, consultation: Consultation) -> None:
        """Keep the answer or the withdrawal. Raises `NotFound`, `AlreadyDone`, `BadInput`."""
        with self._database.begin() as connection:
            if connection.execute(CLOSE, _row(consultation)).rowcount:
                return
            check_same_outcome(_get(connection, consultation.id), consultation)

    def of_ticket(self, ticket_id: str) -> tuple[Consultation, ...]:
        """All about a ticket, oldest first."""
        wanted = {"ticket_id": plain_text(ticket_id, "ticket_id")}
        with self._database.connect() as connection:
            bodies = connection.execute(OF_TICKET, wanted).scalars()
            return tuple(read_back(Consultation, body) for body in bodies)

    def open(self, limit: int) -> tuple[Consultation, ...]:
        """Those that wait for an answer, the earliest due first."""
        with self._database.connect() as connection:
            bodies = connection.execute(OPEN, {"limit": limit}).scalars()
            return tuple(read_back(Consultation, body) for body in bodies)


def check_same_question(kept: Consultation, asked: Consultation) -> None:
    """Raises `AlreadyDone` unless both ask the same about the same ticket.

    Who asks again, or wants it by another time, gets the one that is on its way.
    """
    if (kept.ticket_id, kept.fact, kept.question) != (asked.ticket_id, asked.fact, asked.question):
        raise AlreadyDone(
            f"the id {asked.id!r} is that of another question",
            cure="give each question an id of its own, and the same one only to send it again",
            where="id",
        )


def check_same_outcome(kept: Consultation, closed: Consultation) -> None:
    """Raises `AlreadyDone` unless it came to the same: state, answer and note."""
    if _outcome(kept) != _outcome(closed):
        said = f" by {kept.answered_by}" if kept.answered_by else ""
        raise AlreadyDone(
            f"consultation {kept.id!r} was {kept.state}{said}",
            cure="what was said stands; ask anew where it must be said otherwise",
        )


def no_such_consultation(consultation_id: str) -> NotFound:
    """What is said where no consultation has this id."""
    return NotFound(f"there is no consultation {consultation_id!r}")


def _outcome(consultation: Consultation) -> tuple[str, str, str]:
    # As JSON, because Python takes 1, 1.0 and True for equal.
    answer = json.dumps(consultation.answer, sort_keys=True)
    return consultation.state, answer, consultation.note


def _get(connection: Connection, consultation_id: str) -> Consultation:
    wanted = {"id": plain_text(consultation_id, "consultation_id")}
    body = connection.execute(GET, wanted).scalar()
    if body is None:
        raise no_such_consultation(consultation_id)
    return read_back(Consultation, body)


def _row(consultation: Consultation) -> dict[str, object]:
    row = consultation.model_dump(include={"id", "ticket_id", "state", "due"})
    return row | {"body": json_text(consultation, f"consultation {consultation.id!r}")}
