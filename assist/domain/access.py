"""Access: who may do what over HTTP. A key has a role, which opens, and a level, which grants."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from assist.domain.base import Model
from assist.domain.verdict import Level

Role = Literal["agent", "lead", "qa", "editor", "admin"]
KeyState = Literal["valid", "expired", "revoked"]
USED_EVERY = timedelta(minutes=1)
"""How often it is written down that a key is used: a write for every request would cost more than
most requests, and nobody asks for the second."""


class Permission(StrEnum):
    """One thing that may or may not be done; the value says it in words."""

    READ = "read cases, suggestions, what is known and what was granted"
    SUGGEST = "ask for suggestions"
    CHECK_DRAFTS = "check drafts"
    ACT = "act on cases"
    CONSULT = "ask colleagues, and answer them"
    GRANT = "grant something to a customer"
    VOID = "take a grant back"
    APPROVE = "approve what an agent may not grant"
    ESCALATED = "take and answer what was handed over"
    REPLAY = "make a suggestion again"
    SETTLE = "say how a promise ended"
    GIVE_FEEDBACK = "say how a suggestion was used"
    INGEST = "change the knowledge base"
    TRY_POLICIES = "try policies on made-up facts"
    READ_AUDIT = "read the audit log"
    READ_METRICS = "read how the service does"
    PUBLISH_EVALS = "publish runs of the evaluation harness"
    READ_EVALS = "read how suggestions do on curated cases"
    READ_GAPS = "read what the knowledge base lacks"
    WORK_GAPS = "decide what becomes of a gap"
    READ_TRENDS = "read what cases tell over a time"
    MEND = "have something mended where it begins"


_DESK: frozenset[Role] = frozenset({"agent", "lead", "admin"})
_LEADS: frozenset[Role] = frozenset({"lead", "admin"})
_EDITORS: frozenset[Role] = frozenset({"editor", "admin"})
_JUDGES: frozenset[Role] = frozenset({"qa", "lead", "admin"})
ROLES: Mapping[Permission, frozenset[Role]] = {
    Permission.READ: frozenset({"agent", "lead", "qa", "editor", "admin"}),
    Permission.SUGGEST: _DESK,
    Permission.CHECK_DRAFTS: _DESK,
    Permission.ACT: _DESK,
    Permission.CONSULT: _DESK,
    Permission.GRANT: _DESK,
    Permission.VOID: _LEADS,
    Permission.APPROVE: _LEADS,
    Permission.ESCALATED: _DESK,
    Permission.REPLAY: frozenset({"lead", "qa", "editor", "admin"}),
    Permission.SETTLE: _DESK,
    Permission.GIVE_FEEDBACK: frozenset({"agent", "lead", "qa", "admin"}),
    Permission.INGEST: _EDITORS,
    Permission.TRY_POLICIES: _EDITORS,
    Permission.READ_AUDIT: frozenset({"admin"}),
    Permission.READ_METRICS: frozenset({"admin"}),
    Permission.PUBLISH_EVALS: _JUDGES,
    Permission.READ_EVALS: _JUDGES,
    Permission.READ_GAPS: _EDITORS | _JUDGES,
    Permission.WORK_GAPS: _EDITORS,
    Permission.READ_TRENDS: _JUDGES,
    Permission.MEND: _LEADS,
}
"""Who may do it."""


def within(role: Role, other: Role) -> bool:
    """Whether `role` may do nothing that `other` may not."""
    return all(other in roles for roles in ROLES.values() if role in roles)


class Bearer(Model):
    """Whoever asks. `level` is the most that they may ask for."""

    id: str
    role: Role
    level: Level


class ApiKey(Bearer):
    """What is kept of a key beside the hash of its secret.

    It opens nothing from `expires_at` on; without one it is valid until it is revoked.
    `last_used_at` may be behind by `USED_EVERY`. Times have a zone.
    """

    note: str = ""
    made_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None

    def state(self, at: datetime) -> KeyState:
        """Whether it opens anything at this time."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and self.expires_at <= at else "valid"


class IssuedKey(Model):
    """A new key with its secret, which is nowhere else and told this once."""

    secret: str
    key: ApiKey
