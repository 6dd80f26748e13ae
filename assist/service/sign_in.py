"""Use cases: signing in by a key, at a provider or by a one-time link, and signing out."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from assist.domain.access import ApiKey, Bearer, Role
from assist.domain.audit import AuditEntry, AuditMeans, AuditOutcome
from assist.domain.sign_in import Entrance, IssuedSession, Person, Session
from assist.errors import AssistError, NotFound, NotPermitted, Unauthenticated
from assist.ports import IdentityProvider
from assist.service.access import admit, authority_of
from assist.service.desk import Desk
from assist.service.entitlement import entitled
from assist.service.keyring import SECRET_BYTES, digest_of
from assist.service.sessions import begin_session

AT_PROVIDER = timedelta(minutes=10)
"""How long somebody may take at the provider."""
LINK_LIFE = timedelta(minutes=15)
LINK = re.compile("al_[A-Za-z0-9_-]{43}")
HOME = "/"
SAFE_NEXT = re.compile(r"/(?![/\\])[!-~]{0,1999}")


class Begun(NamedTuple):
    """Where a browser is sent, and what it must bring back in a cookie."""

    address: str
    state: str


class SignedIn(NamedTuple):
    """A new session, and the page that was asked for."""

    issued: IssuedSession
    then: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """The ways into one workspace. Each is told in the audit log, and each that failed."""

    desk: Desk

    def by_key(self, secret: str) -> IssuedSession:
        """A session of the key's role and level; it ends with the key. `Unauthenticated`."""
        try:
            key = admit(self.desk.parts.keys, self.desk.parts.clock, secret, closed=True)
            issued = self._with_key(key)
        except AssistError as error:
            self._failed(error)
            raise
        return self._told(issued)

    def begin(self, back: str, then: str) -> Begun:
        """On the way to the provider; `back` is where it answers. Raises `NotFound`."""
        state, nonce = secrets.token_urlsafe(SECRET_BYTES), secrets.token_urlsafe(SECRET_BYTES)
        verifier = secrets.token_urlsafe(48)
        provider = self._provider()
        address = provider.address(back=back, state=state, nonce=nonce, verifier=verifier)
        body = {"nonce": nonce, "verifier": verifier, "back": back, "then": safe_next(then)}
        self._put(
            Entrance(kind="provider", expires_at=self._in(AT_PROVIDER), body=dict(body)), state
        )
        return Begun(address, state)

    def finish(self, *, state: str, held: str | None, code: str) -> SignedIn:
        """Back from the provider. `held` is what the browser's cookie says the state is.

        A state opens once, and only for the browser that set out with it. Raises
        `Unauthenticated`, `NotPermitted` where somebody has no role here, `Unavailable`.
        """
        try:
            return self._finish(state, held, code)
        except AssistError as error:
            self._failed(error)
            raise

    def link(self, role: Role = "admin") -> str:
        """The secret of a one-time link to sign in as this role, at the highest level."""
        secret = f"al_{secrets.token_urlsafe(SECRET_BYTES)}"
        body = {"role": role, "level": authority_of(self.desk).levels[-1]}
        self._put(Entrance(kind="link", expires_at=self._in(LINK_LIFE), body=dict(body)), secret)
        return secret

    def by_link(self, secret: str) -> IssuedSession:
        """What the link was made for. Raises `Unauthenticated` where it has opened before."""
        try:
            found = self._take(secret, "link") if LINK.fullmatch(secret) else None
            if found is None:
                cure = "start `assist serve --sign-in` again: it prints another"
                raise Unauthenticated("the link has been used, or is too old", cure=cure)
        except AssistError as error:
            self._failed(error)
            raise
        person = Person.model_validate({"id": f"link-{secrets.token_hex(4)}"} | found.body)
        return self._told(begin_session(self.desk, person, "link"))

    def out(self, session: Session) -> None:
        """From now on the session opens nothing."""
        self.desk.parts.sessions.end(session.id, self.desk.parts.clock.now())
        self._tell("sign_out", "session", session.person, [session.id])

    def _with_key(self, key: ApiKey | None) -> IssuedSession:
        if key is None:
            raise Unauthenticated("nothing was sent", cure="paste an API key")
        person = Person(id=key.id, name=key.note, role=key.role, level=key.level)
        return begin_session(self.desk, person, "key", key_id=key.id)

    def _finish(self, state: str, held: str | None, code: str) -> SignedIn:
        if held is None or not hmac.compare_digest(state.encode(), held.encode()):
            problem = "this browser did not begin this sign-in, or began it too long ago"
            raise Unauthenticated(problem, cure="begin again at /sign-in")
        entrance = self._take(state, "provider")
        if entrance is None:
            problem = "this sign-in was finished before, or took too long"
            raise Unauthenticated(problem, cure="begin again at /sign-in")
        told = {name: str(value) for name, value in entrance.body.items()}
        identity = self._provider().identify(
            code=code, back=told["back"], nonce=told["nonce"], verifier=told["verifier"]
        )
        person = entitled(identity, self.desk.doors.oidc, authority_of(self.desk))
        issued = begin_session(self.desk, person, "provider", identity=identity)
        return SignedIn(self._told(issued), told["then"])

    def _provider(self) -> IdentityProvider:
        if self.desk.parts.provider is None:
            raise NotFound("no sign-in provider is set", cure="set ASSIST_OIDC__ISSUER")
        return self.desk.parts.provider

    def _in(self, span: timedelta) -> datetime:
        return self.desk.parts.clock.now() + span

    def _put(self, entrance: Entrance, secret: str) -> None:
        now = self.desk.parts.clock.now()
        self.desk.parts.sessions.put(entrance, digest_of(secret), now)

    def _take(self, secret: str, kind: str) -> Entrance | None:
        now = self.desk.parts.clock.now()
        found = self.desk.parts.sessions.take(digest_of(secret), now)
        return found if found is not None and found.kind == kind else None

    def _told(self, issued: IssuedSession) -> IssuedSession:
        session = issued.session
        self._tell("sign_in", "session", session.person, [session.id])
        return issued

    def _failed(self, error: AssistError) -> None:
        theirs = isinstance(error, Unauthenticated | NotPermitted)
        self._tell("sign_in", "none", None, [], "denied" if theirs else "failed")

    def _tell(
        self,
        what: str,
        means: AuditMeans,
        person: Bearer | None,
        about: list[str],
        outcome: AuditOutcome = "done",
    ) -> None:
        who = "" if person is None else person.id
        now = self.desk.parts.clock.now()
        entry = AuditEntry.made(now, who, means, what, about=about, outcome=outcome)
        self.desk.parts.audit.add([entry])


def safe_next(asked: str) -> str:
    """Where to go after signing in: a path of ours, whatever was asked for."""
    return asked if SAFE_NEXT.fullmatch(asked) else HOME
