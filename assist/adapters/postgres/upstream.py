"""`UpstreamStore` on PostgreSQL: a row per item, and one per thing that happened to it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import json_text, plain_text, read_back
from assist.errors import AlreadyDone, NotFound

if TYPE_CHECKING:  # what a search need not wait for
    from assist.domain.systemic import UpstreamEvent, UpstreamItem, UpstreamState
    from assist.ports.upstream import UpstreamChange

ADD = text("""
    INSERT INTO upstream_items (item_id, state, changed_at, body)
    VALUES (:item_id, :state, :changed_at, CAST(:body AS json))
    ON CONFLICT DO NOTHING
""")
SAVE = text("""
    UPDATE upstream_items SET state = :state, changed_at = :changed_at, body = CAST(:body AS json)
    WHERE item_id = :item_id
""")
ONE = text("SELECT CAST(body AS text) FROM upstream_items WHERE item_id = :item_id")
LOCK = text("SELECT CAST(body AS text) FROM upstream_items WHERE item_id = :item_id FOR UPDATE")
LISTED = text("""
    SELECT CAST(body AS text) FROM upstream_items WHERE state = ANY(:states)
    ORDER BY changed_at DESC, number DESC LIMIT :limit
""")
HAPPENED = text("SELECT digest FROM upstream_events WHERE item_id = :item_id AND key = :key")
ADD_EVENT = text("""
    INSERT INTO upstream_events (item_id, key, at, by, what, note, digest)
    VALUES (:item_id, :key, :at, :by, :what, :note, :digest)
""")
HISTORY = text("""
    SELECT key, at, by, what, note, digest FROM upstream_events WHERE item_id = :item_id
    ORDER BY number
""")


class PostgresUpstream:
    """The items of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, item: "UpstreamItem", event: "UpstreamEvent") -> "UpstreamItem":
        """Keep a new one with what opened it; what is there under its id is given back."""
        row = _row(item)
        with self._database.begin() as connection:
            if connection.execute(ADD, row).rowcount:
                _add_event(connection, item.id, event)
            return _item(connection.execute(ONE, row).scalar_one())

    def change(
        self, item_id: str, event: "UpstreamEvent", change: "UpstreamChange"
    ) -> "UpstreamItem":
        """Change an item under its row's lock; once per key."""
        wanted = {"item_id": plain_text(item_id, "item_id"), "key": plain_text(event.key, "key")}
        with self._database.begin() as connection:
            body = connection.execute(LOCK, wanted).scalar_one_or_none()
            if body is None:
                raise no_such_item(item_id)
            kept = _item(body)
            digest = connection.execute(HAPPENED, wanted).scalar_one_or_none()
            if digest is not None:
                check_same(digest, event)
                return kept
            new = change(kept)
            connection.execute(SAVE, _row(new))
            _add_event(connection, item_id, event)
            return new

    def get(self, item_id: str) -> "UpstreamItem":
        """Raises `NotFound`."""
        wanted = {"item_id": plain_text(item_id, "item_id")}
        with self._database.connect() as connection:
            body = connection.execute(ONE, wanted).scalar_one_or_none()
        if body is None:
            raise no_such_item(item_id)
        return _item(body)

    def history(self, item_id: str) -> tuple["UpstreamEvent", ...]:
        """All that happened to it, oldest first. Raises `NotFound`."""
        from assist.domain.systemic import UpstreamEvent

        wanted = {"item_id": plain_text(item_id, "item_id")}
        with self._database.connect() as connection:
            rows = connection.execute(HISTORY, wanted).mappings().all()
        if not rows:  # what is there was opened, and that is written down
            raise no_such_item(item_id)
        return tuple(UpstreamEvent.model_validate(dict(row)) for row in rows)

    def listed(self, states: Sequence["UpstreamState"], limit: int) -> tuple["UpstreamItem", ...]:
        """Those in one of these states, the one that changed last first."""
        with self._database.connect() as connection:
            found = connection.execute(LISTED, {"states": list(states), "limit": limit})
            return tuple(_item(body) for body in found.scalars())


def no_such_item(item_id: str) -> NotFound:
    """What is said where no item has this id."""
    return NotFound(f"there is no upstream item {item_id!r}")


def check_same(digest: str, event: "UpstreamEvent") -> None:
    """Raises `AlreadyDone` where the key was used for something else."""
    if digest != event.digest:
        raise AlreadyDone(
            f"the key {event.key!r} is that of another decision",
            cure="give each its own, and the same one only to send it again",
            where="key",
        )


def _row(item: "UpstreamItem") -> dict[str, object]:
    return {
        "item_id": plain_text(item.id, "item_id"),
        "state": item.state,
        "changed_at": item.changed_at,
        "body": json_text(item, f"item {item.id!r}"),
    }


def _item(body: str) -> "UpstreamItem":
    from assist.domain.systemic import UpstreamItem

    return read_back(UpstreamItem, body)


def _add_event(connection: Connection, item_id: str, event: "UpstreamEvent") -> None:
    told = event.model_dump() | {"item_id": item_id}
    for name in ("key", "by", "note"):
        plain_text(told[name], name)
    connection.execute(ADD_EVENT, told)
