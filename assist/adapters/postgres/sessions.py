"""`SessionStore` on PostgreSQL: a row per session and per way in, found by a hash."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from assist.adapters.postgres import sessions_sql as sql
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import plain_text
from assist.domain.sign_in import KEPT, SEEN_EVERY, Entrance, Identity, Person, Session
from assist.errors import NotFound

OF_PERSON = ("role", "level", "name")


class PostgresSessions:
    """The sessions and ways in of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, session: Session, digest: bytes, identity: Identity | None = None) -> None:
        """Keep a new one. Raises `BadInput` for a name that is no text."""
        person = session.person
        plain_text(person.name, "name")
        row = session.model_dump(exclude={"person", "ended_at"})
        row |= {"person_id": person.id, "role": person.role, "level": person.level}
        with self._database.begin() as connection:
            connection.execute(sql.TIDY, {"before": session.made_at - KEPT})
            if identity is not None:
                connection.execute(sql.PERSON, _person_row(session, identity))
            connection.execute(sql.ADD, row | {"digest": digest})

    def find(self, digest: bytes) -> Session | None:
        """The session whose secret has this hash, in whatever state."""
        with self._database.connect() as connection:
            return _session(connection, sql.FIND, {"digest": digest})

    def listed(self) -> tuple[Session, ...]:
        """All that are kept, the newest first."""
        with self._database.connect() as connection:
            return tuple(_read(row) for row in connection.execute(sql.LISTED).mappings())

    def seen(self, session_id: str, at: datetime) -> None:
        """Write down that it was used, once in `SEEN_EVERY` at most."""
        values = {"id": session_id, "at": at, "before": at - SEEN_EVERY}
        with self._database.begin() as connection:
            connection.execute(sql.SEEN, values)

    def end(self, session_id: str, at: datetime) -> Session:
        """From now on it opens nothing. Raises `NotFound`."""
        wanted = {"id": plain_text(session_id, "id")}
        with self._database.begin() as connection:
            connection.execute(sql.END, wanted | {"at": at})
            found = _session(connection, sql.GET, wanted)
        if found is None:
            raise no_such_session(session_id)
        return found

    def put(self, entrance: Entrance, digest: bytes, at: datetime) -> bool:
        """Keep a way in; whether this hash was new."""
        row = {
            "digest": digest,
            "kind": entrance.kind,
            "expires_at": entrance.expires_at,
            "body": json.dumps(entrance.body),
        }
        with self._database.begin() as connection:
            connection.execute(sql.TIDY_ENTRANCES, {"at": at})
            return connection.execute(sql.PUT, row).rowcount == 1

    def take(self, digest: bytes, at: datetime) -> Entrance | None:
        """The way in, which is gone then."""
        with self._database.begin() as connection:
            taken = connection.execute(sql.TAKE, {"digest": digest, "at": at}).mappings()
            found = taken.one_or_none()
        return Entrance.model_validate(dict(found)) if found else None


def no_such_session(session_id: str) -> NotFound:
    """What is said where no session has this id."""
    cure = "`assist sessions list` shows those there are"
    return NotFound(f"there is no session {session_id!r}", cure=cure)


def _person_row(session: Session, identity: Identity) -> dict[str, object]:
    return {
        "person_id": session.person.id,
        "issuer": plain_text(identity.issuer, "issuer"),
        "subject": plain_text(identity.subject, "subject"),
        "name": session.person.name,
        "seen_at": session.made_at,
    }


def _session(connection: Connection, query: Any, wanted: Mapping[str, object]) -> Session | None:
    found = connection.execute(query, dict(wanted)).mappings().one_or_none()
    return _read(found) if found else None


def _read(row: Mapping[Any, Any]) -> Session:
    fields = dict(row)
    person = {"id": fields.pop("person_id")} | {name: fields.pop(name) for name in OF_PERSON}
    return Session.model_validate(fields | {"person": Person.model_validate(person)})
