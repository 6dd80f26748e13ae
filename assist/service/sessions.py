"""Use cases: sessions and short-lived tokens, begun, found, listed and ended."""

import logging
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assist.domain.sign_in import (
    SEEN_EVERY,
    Identity,
    IssuedSession,
    Means,
    Person,
    Session,
    SessionKind,
)
from assist.errors import Unauthenticated, Unavailable
from assist.ports import AuditLog, Clock, SessionStore
from assist.service.auditing import operated
from assist.service.desk import Desk
from assist.service.keyring import SECRET_BYTES, digest_of

LOG = logging.getLogger(__name__)
PREFIXES = {"browser": "as_", "token": "at_"}
TOKEN = re.compile("at_[A-Za-z0-9_-]{43}")
COOKIE = re.compile("as_[A-Za-z0-9_-]{43}")
SHAPES = {"browser": COOKIE, "token": TOKEN}
TOKEN_LIFE = timedelta(minutes=15)
"""A token cannot be renewed; whoever made it makes another."""
AGAIN = "sign in again"


def begin_session(
    desk: Desk,
    person: Person,
    means: Means,
    *,
    kind: SessionKind = "browser",
    life: timedelta | None = None,
    key_id: str | None = None,
    parent_id: str | None = None,
    identity: Identity | None = None,
) -> IssuedSession:
    """A new session of this person; `life` is as long as any may last unless told."""
    now = desk.parts.clock.now()
    session = Session(
        id=f"{'s' if kind == 'browser' else 't'}-{secrets.token_hex(6)}",
        kind=kind,
        means=means,
        person=person,
        key_id=key_id,
        parent_id=parent_id,
        made_at=now,
        seen_at=now,
        expires_at=now + (life or timedelta(hours=desk.doors.sign_in.hours)),
    )
    secret = PREFIXES[kind] + secrets.token_urlsafe(SECRET_BYTES)
    desk.parts.sessions.add(session, digest_of(secret), identity)
    return IssuedSession(secret=secret, session=session)


def valid_session(desk: Desk, secret: str, kind: SessionKind) -> Session:
    """The session of this secret. Raises `Unauthenticated` where it opens nothing (any more).

    Asked of the database each time, so that one that is ended, or whose key is revoked, ends at
    once.
    """
    session = None
    if SHAPES[kind].fullmatch(secret):
        session = desk.parts.sessions.find(digest_of(secret))
    if session is None or session.kind != kind:
        raise Unauthenticated(f"what was sent is no {NAMES[kind]} of this workspace", cure=AGAIN)
    now = desk.parts.clock.now()
    if (state := session.state(now, desk.doors.sign_in.idle)) != "valid":
        raise Unauthenticated(f"the {NAMES[kind]} {session.id} is {state}", cure=AGAIN)
    _note_use(desk.parts.sessions, session, now)
    return session


NAMES = {"browser": "session", "token": "token"}


def _note_use(sessions: SessionStore, session: Session, now: datetime) -> None:
    if now - session.seen_at < SEEN_EVERY:
        return
    try:
        sessions.seen(session.id, now)
    except Unavailable as error:
        # E.g. a full disk: whoever is signed in can still read, until they count as idle.
        LOG.warning("that session %s was used is not written down: %s", session.id, error)


@dataclass(frozen=True, slots=True)
class Visitors:
    """Who is signed in, for whoever runs the service."""

    sessions: SessionStore
    audit: AuditLog
    clock: Clock

    def listed(self) -> Sequence[Session]:
        """All sessions and tokens that are kept, the newest first."""
        return self.sessions.listed()

    def revoke(self, session_id: str) -> Session:
        """From now on it and its tokens open nothing. Raises `NotFound`."""
        now = self.clock.now()
        ended = self.sessions.end(session_id, now)
        operated(self.audit, self.clock, "sessions revoke", session_id)
        return ended
