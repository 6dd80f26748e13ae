"""Keeps sessions and ways in; asks a provider or a helpdesk who somebody is."""

from datetime import datetime
from typing import Protocol

from assist.domain.sign_in import Entrance, Identity, Session


class SessionStore(Protocol):
    """The sessions of one workspace, by the hash of their secrets; ways in that open once."""

    def add(self, session: Session, digest: bytes, identity: Identity | None = None) -> None:
        """Keep a new one; of somebody a provider knows, with who they are.

        Sessions that were over `KEPT` before it are deleted.
        """
        ...

    def find(self, digest: bytes) -> Session | None:
        """The session whose secret has this hash, in whatever state; none in this workspace."""
        ...

    def listed(self) -> tuple[Session, ...]:
        """All that are kept, the newest first."""
        ...

    def seen(self, session_id: str, at: datetime) -> None:
        """Write down that it was used, unless that was done within `SEEN_EVERY` before."""
        ...

    def end(self, session_id: str, at: datetime) -> Session:
        """From now on it and its tokens open nothing; one ended before stays. `NotFound`."""
        ...

    def put(self, entrance: Entrance, digest: bytes, at: datetime) -> bool:
        """Keep a way in; whether this hash was new. Those that are over at `at` are deleted."""
        ...

    def take(self, digest: bytes, at: datetime) -> Entrance | None:
        """The way in, which is gone then; none where there is none or it is over. Once only."""
        ...


class IdentityProvider(Protocol):
    """An OpenID Connect provider."""

    def address(self, *, back: str, state: str, nonce: str, verifier: str) -> str:
        """Where to send a browser that shall come back to `back`. Raises `Unavailable`."""
        ...

    def identify(self, *, code: str, back: str, nonce: str, verifier: str) -> Identity:
        """Whose code it is. Raises `Unauthenticated` for what does not hold, `Unavailable`."""
        ...


class HostTokens(Protocol):
    """Reads what a helpdesk signed."""

    def read(self, token: str) -> tuple[Identity, str, datetime]:
        """Who it is, the token's own id, and when it ends. Raises `Unauthenticated`."""
        ...
