"""Use cases: make, list and take back API keys, for whoever runs the service."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import get_args

from assist.domain.access import ApiKey, IssuedKey, Role
from assist.domain.verdict import Level
from assist.errors import BadSetting
from assist.ports import AuditLog, Clock, KeyStore, KnowledgeStore
from assist.service.auditing import operated

PREFIX = "ak_"
"""What a secret begins with, so that people and secret scanners know one where they see it."""
SECRET_BYTES = 32
LONGEST_NOTE = 200
MOST_DAYS = 3_650


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of one workspace, for whoever runs the service."""

    keys: KeyStore
    knowledge: KnowledgeStore
    clock: Clock
    audit: AuditLog | None = None

    @property
    def guarded(self) -> bool:
        """Whether requests need a key."""
        return self.keys.guarded()

    def create(
        self, role: str, *, level: Level | None = None, expires: str | None = None, note: str = ""
    ) -> IssuedKey:
        """A new key; `level` is the lowest there is unless told, `expires` a day or `90d`.

        Raises `BadSetting` naming the option that does not fit.
        """
        now = self.clock.now()
        levels = self._levels()
        key = ApiKey(
            id=f"k-{secrets.token_hex(6)}",
            role=_role(role),
            level=_level(levels[0] if level is None else level, levels),
            note=_note(note),
            made_at=now,
            expires_at=_end(expires, now) if expires is not None else None,
        )
        secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        self._tell("keys create", key.id)  # first: no key opens of which nothing is told
        self.keys.add(key, digest_of(secret))
        return IssuedKey(secret=secret, key=key)

    def listed(self) -> tuple[ApiKey, ...]:
        """All that were ever made, the oldest first."""
        return self.keys.listed()

    def revoke(self, key_id: str) -> ApiKey:
        """From now on it opens nothing. Raises `NotFound`."""
        revoked = self.keys.revoke(key_id, self.clock.now())
        self._tell("keys revoke", key_id)
        return revoked

    def _tell(self, what: str, key_id: str) -> None:
        if self.audit is not None:
            operated(self.audit, self.clock, what, key_id)

    def _levels(self) -> tuple[Level, ...]:
        """Of what serves, else of the packaged default; the lowest first."""
        from assist.policies.rule_files import read_rule_files  # a search needs none of it

        generation = self.knowledge.current()
        files = self.knowledge.files(generation.id) if generation is not None else {}
        return read_rule_files(files)[0].authority.levels


def digest_of(secret: str) -> bytes:
    """The SHA-256 of a secret, which is what is kept of it.

    A slow hash makes guessing costly where people choose a secret. Ours has 256 random bits: there
    is nothing to guess. Nor need it be compared in constant time: the database looks up a hash, and
    how long that takes says nothing of a secret that hashes to something near.
    """
    return hashlib.sha256(secret.encode()).digest()


def _role(role: str) -> Role:
    for known in get_args(Role):
        if role == known:
            found: Role = known
            return found
    cure = f"use {', '.join(get_args(Role))}"
    raise BadSetting(f"there is no role {role!r}", where="--role", cure=cure)


def _level(level: Level, levels: tuple[Level, ...]) -> Level:
    if level not in levels:
        cure = f"use {', '.join(levels)}"
        raise BadSetting(f"there is no level {level!r}", where="--level", cure=cure)
    return level


def _note(note: str) -> str:
    if len(note) > LONGEST_NOTE or not note.isprintable():
        cure = f"use at most {LONGEST_NOTE} characters, in one line"
        raise BadSetting("does not fit in a list", where="--note", cure=cure)
    return note


def _end(expires: str, now: datetime) -> datetime:
    """The first moment at which it opens nothing: the beginning of the day, in UTC."""
    end = _days_on(expires, now) if expires.endswith("d") else _beginning(expires)
    if end <= now:
        cure = "give a day that is still to come, or 90d"
        raise BadSetting(f"{expires} is past", where="--expires", cure=cure)
    return end


def _days_on(text: str, now: datetime) -> datetime:
    days = text.removesuffix("d")
    if not (days.isascii() and days.isdecimal() and len(days) < 5 and int(days) <= MOST_DAYS):
        cure = f"write 90d, at most {MOST_DAYS}d, or a day"
        raise BadSetting(f"{text!r} is no number of days", where="--expires", cure=cure)
    return now + timedelta(days=int(days))


def _beginning(text: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError as error:
        cure = "write 2027-01-31 or 90d"
        raise BadSetting(f"{text!r} is no day", where="--expires", cure=cure) from error
