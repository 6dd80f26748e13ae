"""Signing in: a person, the session they work in, and a way in that opens once."""

import hashlib
from datetime import datetime, timedelta
from typing import Literal

from pydantic import JsonValue

from assist.domain.access import Bearer
from assist.domain.base import Model

Means = Literal["key", "provider", "link", "host"]
"""How somebody signed in: by pasting a key, at an OpenID provider, by a one-time link, or by a
token that a helpdesk signed."""
SessionKind = Literal["browser", "token"]
"""A browser holds a cookie; a token is short-lived, and held in memory by a frame or a program."""
SessionState = Literal["valid", "expired", "ended"]
EntranceKind = Literal["provider", "link", "host"]
SEEN_EVERY = timedelta(minutes=1)
"""How often it is written down that a session is used, as with keys."""
KEPT = timedelta(days=30)
"""How long a session that is over stays in the list, to see who was there."""


class Person(Bearer):
    """Somebody who signed in. `id` is that of their key, or made of issuer and subject."""

    name: str = ""


class Identity(Model):
    """Who a provider or a helpdesk says somebody is, with all that it says of them."""

    issuer: str
    subject: str
    claims: dict[str, JsonValue] = {}

    @property
    def person_id(self) -> str:
        """The same for the same subject of the same issuer; it tells neither."""
        whole = f"{self.issuer}\n{self.subject}"
        return f"p-{hashlib.sha256(whole.encode()).hexdigest()[:16]}"


class Session(Model):
    """What is kept of a session beside the hash of its secret.

    `expires_at` is the earliest end of its own, its key's and its parent's; `ended_at` the first
    time that one of the three was ended or revoked. `seen_at` may be behind by `SEEN_EVERY`.
    """

    id: str
    kind: SessionKind
    means: Means
    person: Person
    key_id: str | None = None
    parent_id: str | None = None
    """The session in which a token was made."""
    made_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None

    def state(self, at: datetime, idle: timedelta) -> SessionState:
        """Whether it opens anything at this time, where nobody uses it for at most `idle`."""
        if self.ended_at is not None:
            return "ended"
        return "expired" if at >= min(self.expires_at, self.seen_at + idle) else "valid"


class IssuedSession(Model):
    """A new session with its secret, which is nowhere else and told this once."""

    secret: str
    session: Session


class Entrance(Model):
    """A way in that opens once, until `expires_at`; `body` is what must be known when it does."""

    kind: EntranceKind
    expires_at: datetime
    body: dict[str, JsonValue] = {}
