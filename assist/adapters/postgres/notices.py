"""`NoticeStore` on PostgreSQL: a row per notice."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from assist.adapters.postgres import timers_sql as sql
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import plain_text
from assist.domain.ledger import GRACE
from assist.domain.notice import Notice, NoticeKind
from assist.errors import NotFound


class PostgresNotices:
    """The notices of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self, notice: Notice) -> bool:
        """Keep it; false where there is one of this kind about the same thing already."""
        with self._database.begin() as connection:
            return bool(connection.execute(sql.MAKE, notice.model_dump()).rowcount)

    def get(self, notice_id: str) -> Notice:
        """Raises `NotFound`."""
        found = self._read(sql.GET, {"id": plain_text(notice_id, "id")})
        if not found:
            raise no_such_notice(notice_id)
        return found[0]

    def unseen(self, kinds: Sequence[NoticeKind], limit: int) -> tuple[Notice, ...]:
        """Those that nobody has seen, earliest due first."""
        return self._read(sql.UNSEEN, {"kinds": list(kinds), "limit": limit})

    def seen(self, kinds: Sequence[NoticeKind], limit: int) -> tuple[Notice, ...]:
        """Those that somebody has seen, the one seen last first."""
        return self._read(sql.SEEN, {"kinds": list(kinds), "limit": limit})

    def see(self, notice_id: str, by: str, at: datetime) -> Notice:
        """Keep who has seen it; who saw it first stands. Raises `NotFound`."""
        told = {"id": plain_text(notice_id, "id"), "by": plain_text(by, "by"), "at": at}
        with self._database.begin() as connection:
            connection.execute(sql.SEE, told)
        return self.get(notice_id)

    def missing(self, now: datetime, limit: int) -> tuple[str, ...]:
        """Ids of open entries whose time has come and that no notice tells of."""
        wanted = {"now": now, "late": now - GRACE, "limit": limit}
        with self._database.connect() as connection:
            return tuple(connection.execute(sql.MISSING, wanted).scalars())

    def _read(self, query: Any, wanted: Mapping[str, object]) -> tuple[Notice, ...]:
        with self._database.connect() as connection:
            rows = connection.execute(query, dict(wanted)).mappings()
            return tuple(Notice.model_validate(dict(row)) for row in rows)


def no_such_notice(notice_id: str) -> NotFound:
    """What is said where no notice has this id."""
    return NotFound(f"there is no notice {notice_id!r}")
