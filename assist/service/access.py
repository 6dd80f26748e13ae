"""Use cases: who asks, by a key, a token or a session, and what that lets them do."""

import logging
import re
from datetime import datetime
from typing import NamedTuple, get_args

from assist.domain.access import ROLES, USED_EVERY, ApiKey, Bearer, Permission, Role
from assist.domain.audit import AuditMeans
from assist.domain.authority import Authority
from assist.domain.sign_in import Session
from assist.domain.verdict import Level
from assist.errors import NoIndex, NotPermitted, Unauthenticated, Unavailable
from assist.policies.levels import rank
from assist.policies.rule_files import read_rule_files
from assist.ports import Clock, KeyStore
from assist.service.desk import Desk
from assist.service.keyring import PREFIX, digest_of
from assist.service.sessions import TOKEN, valid_session

LOG = logging.getLogger(__name__)
SECRET = re.compile(PREFIX + "[A-Za-z0-9_-]{43}")
UNGUARDED_LEVEL: Level = "agent"
"""What whoever asks may grant where no key says it, and they do not either."""
ANOTHER = "ask whoever runs the service for another: `assist keys create`"


class Sent(NamedTuple):
    """What a request brought to say who asks: what stands in the place of a key, and a cookie."""

    bearer: str | None
    cookie: str | None


class Admitted(NamedTuple):
    """Who was let in, and by what."""

    bearer: Bearer
    means: AuditMeans
    session: Session | None = None


def let_in(desk: Desk, sent: Sent) -> Admitted | None:
    """Who asks; none where nobody needs to say. Raises `Unauthenticated`.

    What stands in the place of a key goes before a cookie. A cookie of a session that is over is
    as good as none: where nobody needs one, a browser that has an old one is not kept out.
    """
    if sent.bearer is not None and TOKEN.fullmatch(sent.bearer):
        session = valid_session(desk, sent.bearer, "token")
        return Admitted(session.person, "token", session)
    closed = desk.doors.closed
    if sent.bearer is None and sent.cookie is not None:
        try:
            session = valid_session(desk, sent.cookie, "browser")
        except Unauthenticated:
            if closed or desk.parts.keys.guarded():
                raise
            return None
        return Admitted(session.person, "session", session)
    key = admit(desk.parts.keys, desk.parts.clock, sent.bearer, closed=closed)
    return None if key is None else Admitted(key, "key")


def admit(
    keys: KeyStore, clock: Clock, secret: str | None, *, closed: bool = False
) -> ApiKey | None:
    """Whose key it is; none where nobody needs one, unless `closed`. Raises `Unauthenticated`.

    `secret` is what was sent in the place of one. What looks like a key of ours and opens nothing
    here is refused even where nobody needs one: whoever sends it believes otherwise. Asked of the
    database each time, so that a key that is revoked ends at once.
    """
    ours = secret is not None and SECRET.fullmatch(secret) is not None
    key = keys.find(digest_of(secret)) if ours and secret is not None else None
    if key is None:
        if ours or closed or keys.guarded():
            raise _unknown(secret)
        return None
    now = clock.now()
    if (state := key.state(now)) != "valid":
        raise Unauthenticated(f"the key {key.id} is {state}", cure=ANOTHER)
    _note_use(keys, key, now)
    return key


def require(key: Bearer | None, permission: Permission | None) -> None:
    """Raises `NotPermitted` where the role of whoever asks may not; `None`: no role may."""
    if key is None:
        return
    roles = ROLES[permission] if permission is not None else frozenset()
    if key.role not in roles:
        named = [role for role in get_args(Role) if role in roles]
        cure = f"use a key of role {' or '.join(named)}" if named else ANOTHER
        raise NotPermitted(f"the role {key.role} may not {permission or 'do this'}", cure=cure)


def level_for(desk: Desk, key: Bearer | None, asked: Level | None) -> Level:
    """The level to judge by: as asked for up to the key's, which it is where nothing is asked.

    Raises `NotPermitted`, naming both. A level that nobody declares is left to be refused by what
    uses it.
    """
    if key is None:
        return UNGUARDED_LEVEL if asked is None else asked
    if asked is None or asked == key.level:
        return key.level
    authority = authority_of(desk)
    if rank(authority, asked) > rank(authority, key.level):
        raise NotPermitted(
            f"the level {asked} is above {key.level}, which is the key's",
            where="level",
            cure=f"leave the level out, ask as {key.level}, or use a key of that level",
        )
    return asked


def authority_of(desk: Desk) -> Authority:
    """The levels there are: those of what serves, else the packaged ones."""
    try:
        return desk.opened().policy_set.authority
    except NoIndex:
        return read_rule_files({})[0].authority


def _note_use(keys: KeyStore, key: ApiKey, now: datetime) -> None:
    if key.last_used_at is not None and now - key.last_used_at < USED_EVERY:
        return
    try:
        keys.used(key.id, now)
    except Unavailable as error:
        # E.g. a full disk: who has a key can still read. The list of keys is behind.
        LOG.warning("that key %s was used is not written down: %s", key.id, error)


def _unknown(secret: str | None) -> Unauthenticated:
    """What was sent is not repeated: it may be a secret of something else."""
    if secret is None:
        return Unauthenticated("no key was sent", cure=f"send Authorization: Bearer {PREFIX}…")
    return Unauthenticated("what was sent is no key of this workspace", cure=ANOTHER)
