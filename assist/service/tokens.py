"""Use cases: a short-lived token for a frame or a program, and one for what a helpdesk signed."""

from datetime import timedelta

from pydantic import Field

from assist.domain.access import Role, within
from assist.domain.audit import AuditEntry, AuditMeans, AuditOutcome
from assist.domain.base import Model
from assist.domain.sign_in import Entrance, IssuedSession, Person
from assist.domain.verdict import Level
from assist.errors import AssistError, NotFound, NotPermitted, Unauthenticated, Unavailable
from assist.service.access import Admitted, authority_of, level_for
from assist.service.desk import Desk
from assist.service.entitlement import entitled
from assist.service.keyring import digest_of
from assist.service.sessions import TOKEN_LIFE, begin_session

MOST_MINUTES = int(TOKEN_LIFE.total_seconds() // 60)


class TokenRequest(Model):
    """What a token shall open and grant: as much as whoever asks may, unless told."""

    role: Role | None = Field(default=None, description="One that opens no more than your own")
    level: Level | None = Field(default=None, description="Your own or a lower one")
    minutes: int = Field(default=MOST_MINUTES, ge=1, le=MOST_MINUTES)


def make_token(desk: Desk, admitted: Admitted | None, asked: TokenRequest) -> IssuedSession:
    """A token of whoever asks, which ends with their key or session. Raises `NotPermitted`."""
    if admitted is None:
        raise NotPermitted("nobody needs a token here: the workspace has no key")
    if admitted.means == "token":
        cure = "make it with the key or the session that this one was made with"
        raise NotPermitted("a token makes no token", cure=cure)
    own, session = admitted.bearer, admitted.session
    role = asked.role or own.role
    if not within(role, own.role):
        cure = "leave the role out, or ask for one that opens less"
        raise NotPermitted(
            f"the role {role} opens what {own.role} does not", where="role", cure=cure
        )
    person = Person(
        id=own.id,
        name=own.name if isinstance(own, Person) else "",
        role=role,
        level=level_for(desk, own, asked.level),
    )
    return begin_session(
        desk,
        person,
        session.means if session else "key",
        kind="token",
        life=timedelta(minutes=asked.minutes),
        key_id=session.key_id if session else own.id,
        parent_id=session.id if session else None,
    )


def exchange(desk: Desk, signed: str) -> IssuedSession:
    """A token for one that a helpdesk signed for an agent of its own; each is taken once.

    Raises `NotFound` where none is taken, `Unauthenticated` for one that does not hold or that
    was taken before, and where the agent has no role here.
    """
    if desk.parts.host_tokens is None:
        cure = "set ASSIST_HOST_TOKENS__SECRET or ASSIST_HOST_TOKENS__PUBLIC_KEY"
        raise NotFound("no tokens of a helpdesk are taken here", cure=cure)
    try:
        issued = _exchanged(desk, signed)
    except AssistError as error:
        if not isinstance(error, Unavailable):
            _tell(desk, "", "denied")
        raise
    _tell(desk, issued.session.person.id, "done", issued.session.id)
    return issued


def _exchanged(desk: Desk, signed: str) -> IssuedSession:
    tokens, now = desk.parts.host_tokens, desk.parts.clock.now()
    if tokens is None:
        raise AssertionError("asked before whether any are taken")
    identity, token_id, until = tokens.read(signed)
    digest = digest_of(f"host {identity.issuer}\n{token_id}")
    if not desk.parts.sessions.put(Entrance(kind="host", expires_at=until), digest, now):
        raise Unauthenticated("this token was exchanged before", cure="have another signed")
    try:
        person = entitled(identity, desk.doors.host_tokens, authority_of(desk))
    except NotPermitted as error:
        raise Unauthenticated(error.problem, cure=error.cure) from error
    return begin_session(desk, person, "host", kind="token", life=TOKEN_LIFE, identity=identity)


def _tell(desk: Desk, who: str, outcome: AuditOutcome, *about: str) -> None:
    means: AuditMeans = "token" if who else "none"
    now = desk.parts.clock.now()
    entry = AuditEntry.made(now, who, means, "exchange_token", about=about, outcome=outcome)
    desk.parts.audit.add([entry])
