"""In-memory stand-ins for sessions, the audit log and a sign-in provider, with their contracts."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from assist.adapters.postgres.rows import plain_text
from assist.adapters.postgres.sessions import no_such_session
from assist.domain.access import ApiKey
from assist.domain.audit import AuditEntry, AuditQuery
from assist.domain.sign_in import KEPT, SEEN_EVERY, Entrance, Identity, Session
from assist.errors import Unauthenticated
from assist.ports import KeyStore


class InMemorySessions:
    """`SessionStore` in dicts. A session ends with its key, which `keys` knows."""

    def __init__(self, keys: KeyStore) -> None:
        self._keys = keys
        self._kept: dict[bytes, Session] = {}
        self._names: dict[str, str] = {}
        self._entrances: dict[bytes, Entrance] = {}

    def add(self, session: Session, digest: bytes, identity: Identity | None = None) -> None:
        plain_text(session.person.name, "name")
        before = session.made_at - KEPT
        for old, one in list(self._kept.items()):
            if min(one.expires_at, one.ended_at or one.expires_at) < before:
                del self._kept[old]
        if identity is not None:
            self._names[session.person.id] = session.person.name
        self._kept[digest] = session

    def find(self, digest: bytes) -> Session | None:
        found = self._kept.get(digest)
        return None if found is None else self._whole(found)

    def listed(self) -> tuple[Session, ...]:
        return tuple(self._whole(session) for session in reversed(self._kept.values()))

    def seen(self, session_id: str, at: datetime) -> None:
        for digest, session in self._kept.items():
            if session.id == session_id and session.seen_at <= at - SEEN_EVERY:
                self._kept[digest] = session.model_copy(update={"seen_at": at})

    def end(self, session_id: str, at: datetime) -> Session:
        plain_text(session_id, "id")
        for digest, session in self._kept.items():
            if session.id == session_id:
                ended = session.ended_at or at
                self._kept[digest] = session.model_copy(update={"ended_at": ended})
                return self._whole(self._kept[digest])
        raise no_such_session(session_id)

    def put(self, entrance: Entrance, digest: bytes, at: datetime) -> bool:
        self._entrances = {k: one for k, one in self._entrances.items() if one.expires_at > at}
        return self._entrances.setdefault(digest, entrance) is entrance

    def take(self, digest: bytes, at: datetime) -> Entrance | None:
        found = self._entrances.get(digest)
        return self._entrances.pop(digest) if found and found.expires_at > at else None

    def _whole(self, session: Session) -> Session:
        """With the ends of its key, of the session it was made in and of that one's key."""
        parent = next((one for one in self._kept.values() if one.id == session.parent_id), None)
        above = [one for one in (parent, self._key(session), self._key(parent)) if one]
        ends = [one.expires_at for one in above if one.expires_at] + [session.expires_at]
        over = [one.revoked_at if isinstance(one, ApiKey) else one.ended_at for one in above]
        ended = [at for at in (*over, session.ended_at) if at is not None]
        key = self._key(session)
        name = self._names.get(session.person.id, key.note if key else "")
        person = session.person.model_copy(update={"name": name})
        found = {"expires_at": min(ends), "ended_at": min(ended, default=None), "person": person}
        return session.model_copy(update=found)

    def _key(self, session: Session | None) -> ApiKey | None:
        if session is None:
            return None
        return next((key for key in self._keys.listed() if key.id == session.key_id), None)


class InMemoryAudit:
    """`AuditLog` in a list."""

    def __init__(self) -> None:
        self.entries: list[AuditEntry] = []

    def add(self, entries: Sequence[AuditEntry]) -> None:
        known = {entry.id for entry in self.entries}
        self.entries += [entry for entry in entries if entry.id not in known]

    def listed(self, query: AuditQuery) -> tuple[AuditEntry, ...]:
        for name, value in query.model_dump(exclude_none=True).items():
            if isinstance(value, str):
                plain_text(value, name)
        older = self.entries
        if query.before is not None:
            ids = [entry.id for entry in older]
            older = older[: ids.index(query.before)] if query.before in ids else []
        found = [entry for entry in reversed(older) if _asked_for(entry, query)]
        return tuple(found[: query.limit])


def _asked_for(entry: AuditEntry, query: AuditQuery) -> bool:
    return (
        (query.since is None or entry.at >= query.since)
        and (query.until is None or entry.at < query.until)
        and query.who in (None, entry.who)
        and query.what in (None, entry.what)
        and (query.about is None or query.about in entry.about)
    )


class FakeProvider:
    """`IdentityProvider` that lets in whoever `people` names by their code; each code once."""

    ISSUER = "https://login.example.org"

    def __init__(self, **people: dict[str, object]) -> None:
        self.people = people
        self._begun: dict[str, tuple[str, str, str]] = {}

    def address(self, *, back: str, state: str, nonce: str, verifier: str) -> str:
        self._begun[nonce] = (back, verifier, state)
        asked = {"redirect_uri": back, "state": state, "nonce": nonce}
        return f"{self.ISSUER}/authorize?{urlencode(asked)}"

    def identify(self, *, code: str, back: str, nonce: str, verifier: str) -> Identity:
        begun = self._begun.get(nonce)
        if begun is None or begun[:2] != (back, verifier):
            raise Unauthenticated("what the provider says of you does not hold: its claim 'nonce'")
        claims = self.people.pop(code, None)
        if claims is None:
            raise Unauthenticated("the provider does not take the code (invalid_grant)")
        return Identity.model_validate(
            {"issuer": self.ISSUER, "subject": str(claims["sub"]), "claims": claims}
        )
