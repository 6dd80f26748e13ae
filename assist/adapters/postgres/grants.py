"""`GrantStore` on PostgreSQL: a row per grant, booked under a lock of its customer's own."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping

from assist.adapters.postgres import grants_sql as sql
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import json_text, plain_text
from assist.domain.base import Money
from assist.domain.grants import Granted
from assist.domain.solution import Parameter
from assist.errors import AlreadyDone, NotFound

PATIENCE_MS = 10_000
"""A booking takes milliseconds; one that waits so long waits for a process that hangs."""


class PostgresGrants:
    """The ledger of grants of the database's workspace."""

    def __init__(self, database: Database, patience_ms: int = PATIENCE_MS) -> None:
        self._database = database
        self._patience = f"{patience_ms}ms"

    def get(self, grant_id: str) -> Granted:
        """The grant of this id. Raises `NotFound`."""
        with self._database.connect() as connection:
            found = _find(connection, grant_id)
        if found is None:
            raise no_such_grant(grant_id)
        return found

    def of_customer(self, customer_id: str, since: datetime) -> tuple[Granted, ...]:
        """All grants of a customer at or after `since`, oldest first."""
        with self._database.connect() as connection:
            return _of_customer(connection, customer_id, since)

    @contextmanager
    def booking(self, customer_id: str) -> Iterator["PostgresBooking"]:
        """One transaction, alone with this customer's grants; on an error nothing is kept.

        Bookings for other customers go on beside it. It holds a connection: what is done in it
        should ask the database for nothing else. Raises `StoreUnavailable` after
        `PATIENCE_MS` of waiting for another booking.
        """
        key = lock_key(self._database.workspace, plain_text(customer_id, "customer_id"))
        with self._database.begin() as connection:
            connection.execute(sql.PATIENCE, {"patience": self._patience})
            connection.execute(sql.ALONE, {"key": key})
            yield PostgresBooking(connection, customer_id)


class PostgresBooking:
    """One customer's grants, in a transaction that holds their lock: that of `connection`."""

    def __init__(self, connection: Connection, customer_id: str) -> None:
        self.connection = connection
        self._customer_id = customer_id

    def granted(self, since: datetime) -> tuple[Granted, ...]:
        """All grants at or after `since`, oldest first, those taken back among them."""
        return _of_customer(self.connection, self._customer_id, since)

    def find(self, grant_id: str) -> Granted | None:
        """The grant of this id, whosever it is, or none."""
        return _find(self.connection, grant_id)

    def add(self, granted: Granted) -> None:
        """Keep one more. Raises `AlreadyDone`, and `BadInput` for what cannot be stored."""
        check_books(granted, self._customer_id)
        json_text(granted, f"grant {granted.id!r}")
        if self.connection.execute(sql.ADD, _row(granted)).rowcount:
            return
        if _find(self.connection, granted.id) != granted:
            raise another_grant(granted.id)

    def void(self, grant_id: str, *, at: datetime, by: str, reason: str) -> Granted:
        """Take one of this customer's back. Raises `NotFound`."""
        told = {"by": plain_text(by, "by"), "reason": plain_text(reason, "reason"), "at": at}
        whose = {"id": plain_text(grant_id, "grant_id"), "customer_id": self._customer_id}
        self.connection.execute(sql.VOID, told | whose)
        found = self.find(grant_id)
        if found is None or found.customer_id != self._customer_id:
            raise no_such_grant(grant_id)
        return found


def lock_key(workspace: str, customer_id: str) -> int:
    """64 bits that a workspace's customer is locked by.

    Two customers who share them by chance wait for each other, and nothing worse.
    """
    framed = f"grants {len(workspace)}:{workspace} {customer_id}"
    digest = hashlib.sha256(framed.encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


def check_books(granted: Granted, customer_id: str) -> None:
    """A booking is one customer's; to keep another's grant in it is a fault of ours."""
    if granted.customer_id != customer_id:
        raise AssertionError(f"a grant to {granted.customer_id!r} in {customer_id!r}'s booking")


def no_such_grant(grant_id: str) -> NotFound:
    """What is said where no grant has this id."""
    return NotFound(f"there is no grant {grant_id!r}")


def another_grant(grant_id: str) -> AlreadyDone:
    """What is said where the id is taken."""
    return AlreadyDone(
        f"the id {grant_id!r} is that of another grant",
        cure="give each grant an id of its own, and the same one only to send it again",
        where="id",
    )


def _find(connection: Connection, grant_id: str) -> Granted | None:
    wanted = {"id": plain_text(grant_id, "grant_id")}
    row = connection.execute(sql.GET, wanted).mappings().one_or_none()
    return None if row is None else _granted(row)


def _of_customer(connection: Connection, customer_id: str, since: datetime) -> tuple[Granted, ...]:
    wanted = {"customer_id": plain_text(customer_id, "customer_id"), "since": since}
    return tuple(map(_granted, connection.execute(sql.OF_CUSTOMER, wanted).mappings()))


def _row(granted: Granted) -> dict[str, Any]:
    row = granted.model_dump(exclude={"parameters", "amount", "clauses"})
    money = granted.amount
    return row | {
        "parameters": _parameters_text(granted.parameters),
        "amount": money and money.amount,
        "currency": money and money.currency,
        "clauses": list(granted.clauses),
    }


def _parameters_text(parameters: Mapping[str, Parameter]) -> str:
    """A JSON object. Numbers stand in it bare: a text of digits reads back as the text it was."""
    members = (f"{json.dumps(name)}: {_json(value)}" for name, value in parameters.items())
    return "{" + ", ".join(members) + "}"


def _json(value: Parameter) -> str:
    if isinstance(value, Money):
        return value.model_dump_json()
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


def _granted(row: RowMapping) -> Granted:
    values = dict(row)
    amount, currency = values.pop("amount"), values.pop("currency")
    values["parameters"] = json.loads(values["parameters"], parse_int=Decimal, parse_float=Decimal)
    values["amount"] = None if amount is None else Money(amount=amount, currency=currency)
    return Granted.model_validate(values)
