"""`ApprovalStore` on PostgreSQL: decided in the transaction that books what is granted."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from assist.adapters.postgres import approvals_sql as sql
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.grants import PostgresBooking, PostgresGrants
from assist.adapters.postgres.rows import json_text, plain_text, read_back
from assist.domain.approval import Approval, ApprovalState
from assist.domain.verdict import Level
from assist.errors import AlreadyDone, NotFound


class PostgresApprovals:
    """The approvals of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._grants = PostgresGrants(database)

    def add(self, approval: Approval) -> Approval:
        """Keep a new one. Raises `AlreadyDone`, and `BadInput` for what cannot be stored."""
        row = _row(approval)
        with self._database.begin() as connection:
            if connection.execute(sql.ADD, row).rowcount:
                return approval
            if kept := _read(connection, sql.GET, {"id": approval.id}):
                return kept[0]
            of_candidate = {n: row[n] for n in ("suggestion_id", "candidate_id")}
            if waiting := _read(connection, sql.WAITING, of_candidate):
                raise waits_already(waiting[0])
        return self.add(approval)  # the one that stood in the way has just been answered

    def get(self, approval_id: str) -> Approval:
        """Raises `NotFound`."""
        with self._database.connect() as connection:
            return _get(connection, approval_id)

    def of_ticket(self, ticket_id: str) -> tuple[Approval, ...]:
        """All of a ticket's case, oldest first."""
        with self._database.connect() as connection:
            wanted = {"ticket_id": plain_text(ticket_id, "ticket_id")}
            return _read(connection, sql.OF_TICKET, wanted)

    def listed(
        self, states: Sequence[ApprovalState], first: Sequence[Level], limit: int
    ) -> tuple[Approval, ...]:
        """Those that need one of these levels first, oldest first."""
        wanted = {"states": list(states), "first": list(first), "limit": limit}
        with self._database.connect() as connection:
            return _read(connection, sql.LISTED, wanted)

    @contextmanager
    def deciding(self, customer_id: str) -> Iterator["PostgresDeciding"]:
        """Alone with a customer's approvals and grants, in one transaction."""
        with self._grants.booking(customer_id) as booking:
            yield PostgresDeciding(booking, customer_id)


class PostgresDeciding:
    """One customer's approvals, in the transaction that books their grants."""

    def __init__(self, booking: PostgresBooking, customer_id: str) -> None:
        self.booking = booking
        self._customer_id = customer_id

    def get(self, approval_id: str) -> Approval:
        """One as it stands now. Raises `NotFound`."""
        found = _get(self.booking.connection, approval_id)
        check_of(found, self._customer_id)
        return found

    def close(self, approval: Approval) -> None:
        """Keep how it ended. Raises `AlreadyDone`, `BadInput`."""
        check_of(approval, self._customer_id)
        if not self.booking.connection.execute(sql.CLOSE, _row(approval)).rowcount:
            raise ended_before(self.get(approval.id))


def check_of(approval: Approval, customer_id: str) -> None:
    """To decide on another customer's approval under this one's lock is a fault of ours."""
    if approval.customer_id != customer_id:
        raise AssertionError(
            f"an approval of {approval.customer_id!r} in {customer_id!r}'s booking"
        )


def no_such_approval(approval_id: str) -> NotFound:
    """What is said where no approval has this id."""
    return NotFound(f"there is no approval {approval_id!r}")


def waits_already(waiting: Approval) -> AlreadyDone:
    """What is said where the same candidate was asked for and nobody has answered."""
    return AlreadyDone(
        f"{waiting.asked_by} has asked for {waiting.candidate_id} already: approval {waiting.id}",
        cure="wait for its answer, or withdraw it first",
        where="candidate_id",
    )


def ended_before(kept: Approval) -> AlreadyDone:
    """What is said where somebody else was first."""
    by = f" by {kept.answered_by}" if kept.answered_by else ""
    return AlreadyDone(
        f"approval {kept.id!r} is {kept.state}{by}",
        cure="what was said stands; where it must be decided otherwise, ask for another",
    )


def _get(connection: Connection, approval_id: str) -> Approval:
    found = _read(connection, sql.GET, {"id": plain_text(approval_id, "approval_id")})
    if not found:
        raise no_such_approval(approval_id)
    return found[0]


def _read(connection: Connection, query: Any, wanted: Mapping[str, object]) -> tuple[Approval, ...]:
    bodies = connection.execute(query, dict(wanted)).scalars()
    return tuple(read_back(Approval, body) for body in bodies)


def _row(approval: Approval) -> dict[str, object]:
    columns = {
        "id", "case_id", "ticket_id", "customer_id", "suggestion_id", "candidate_id", "needs",
        "state",
    }  # fmt: skip
    row = approval.model_dump(include=columns)
    return row | {"body": json_text(approval, f"approval {approval.id!r}")}
