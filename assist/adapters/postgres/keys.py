"""`KeyStore` on PostgreSQL: a row per key, found by the hash of its secret."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from assist.adapters.postgres import keys_sql as sql
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import plain_text
from assist.domain.access import USED_EVERY, ApiKey
from assist.errors import NotFound


class PostgresKeys:
    """The API keys of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, key: ApiKey, digest: bytes) -> None:
        """Keep a new one. Raises `BadInput` for a note that is no text."""
        plain_text(key.note, "note")
        row = key.model_dump(exclude={"revoked_at", "last_used_at"})
        with self._database.begin() as connection:
            connection.execute(sql.ADD, row | {"digest": digest})

    def find(self, digest: bytes) -> ApiKey | None:
        """The key whose secret has this hash, in whatever state."""
        with self._database.connect() as connection:
            return _key(connection, sql.FIND, {"digest": digest})

    def listed(self) -> tuple[ApiKey, ...]:
        """All of them, in the order they were made."""
        with self._database.connect() as connection:
            rows = connection.execute(sql.LISTED).mappings()
            return tuple(ApiKey.model_validate(dict(row)) for row in rows)

    def guarded(self) -> bool:
        """Whether there is a key that nobody revoked, expired or not."""
        with self._database.connect() as connection:
            return bool(connection.execute(sql.GUARDED).scalar())

    def revoke(self, key_id: str, at: datetime) -> ApiKey:
        """From now on it opens nothing. Raises `NotFound`."""
        wanted = {"id": plain_text(key_id, "id")}
        with self._database.begin() as connection:
            connection.execute(sql.REVOKE, wanted | {"at": at})
            found = _key(connection, sql.GET, wanted)
        if found is None:
            raise no_such_key(key_id)
        return found

    def used(self, key_id: str, at: datetime) -> None:
        """Write down that it was used, once in `USED_EVERY` at most."""
        with self._database.begin() as connection:
            connection.execute(sql.USED, {"id": key_id, "at": at, "before": at - USED_EVERY})


def no_such_key(key_id: str) -> NotFound:
    """What is said where no key has this id."""
    return NotFound(f"there is no key {key_id!r}", cure="`assist keys list` shows those there are")


def _key(connection: Connection, query: Any, wanted: Mapping[str, object]) -> ApiKey | None:
    found = connection.execute(query, dict(wanted)).mappings().one_or_none()
    return ApiKey.model_validate(dict(found)) if found else None
