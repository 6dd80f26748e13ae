"""`SpendingStore` on PostgreSQL: a row per month, whose lock makes holds wait for each other."""

import uuid
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import Connection, text

from assist.adapters.postgres.database import Database
from assist.domain.spending import MonthSpent, month_of

FORGOTTEN = timedelta(minutes=15)
"""After so long a hold is of a call whose process died: the longest one allows takes minutes."""

MONTH = text("INSERT INTO spending (month) VALUES (:month) ON CONFLICT DO NOTHING")
LOCK = text("SELECT spent FROM spending WHERE month = :month FOR UPDATE")
FORGET = text("DELETE FROM spending_holds WHERE month = :month AND at < :before")
HELD = text("SELECT coalesce(sum(amount), 0) FROM spending_holds WHERE month = :month")
HOLD = text("""
    INSERT INTO spending_holds (hold_id, month, amount, at) VALUES (:id, :month, :amount, :at)
""")
RELEASE = text("DELETE FROM spending_holds WHERE hold_id = :id RETURNING month")
ADD = text("UPDATE spending SET spent = spent + :cost WHERE month = :month")
SPENT = text("SELECT spent FROM spending WHERE month = :month")


class PostgresSpending:
    """The spending of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hold(self, amount: Decimal, budget: Decimal, at: datetime) -> str | None:
        """See `SpendingStore`."""
        month, hold_id = month_of(at), f"h-{uuid.uuid4().hex}"
        with self._database.begin() as connection:
            connection.execute(MONTH, {"month": month})
            spent = connection.execute(LOCK, {"month": month}).scalar_one()
            connection.execute(FORGET, {"month": month, "before": at - FORGOTTEN})
            if spent + _held(connection, month_of(at)) + amount > budget:
                return None
            told = {"id": hold_id, "month": month, "amount": amount, "at": at}
            connection.execute(HOLD, told)
        return hold_id

    def settle(self, hold_id: str, cost: Decimal) -> None:
        """See `SpendingStore`. A hold that was let go of meanwhile is settled by none."""
        with self._database.begin() as connection:
            month = connection.execute(RELEASE, {"id": hold_id}).scalar()
            if month is not None:
                connection.execute(ADD, {"month": month, "cost": cost})

    def spent(self, at: datetime) -> MonthSpent:
        """See `SpendingStore`."""
        month = month_of(at)
        with self._database.connect() as connection:
            spent = connection.execute(SPENT, {"month": month}).scalar()
            return MonthSpent(month=month, spent=spent or Decimal(0), held=_held(connection, month))


def _held(connection: Connection, month: object) -> Decimal:
    return Decimal(connection.execute(HELD, {"month": month}).scalar_one())
