"""The audit log: who did what, about what, and how it ended. Ids, and nothing of a person."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Literal, Self

from assist.domain.base import Model

AuditMeans = Literal["key", "session", "token", "command", "none"]
"""What whoever acted held: `command` is whoever may open the home, `none` somebody unknown."""
AuditOutcome = Literal["done", "denied", "refused", "failed"]
"""`denied`: their role or level may not; `refused`: the request did not fit; `failed`: we did."""
OPERATOR = "operator"
"""Who acts on the command line: whoever runs the service."""
MOST_ABOUT = 50
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:#/-]{0,199}")


class AuditEntry(Model):
    """One thing that somebody saw or did. `who` is the id of a key or a person."""

    id: str
    at: datetime
    who: str
    means: AuditMeans
    what: str
    """The operation's id, as the OpenAPI document names it, or the command."""
    about: tuple[str, ...] = ()
    """Ids of what it was about; what does not look like an id is left out."""
    outcome: AuditOutcome = "done"

    @classmethod
    def made(
        cls,
        at: datetime,
        who: str,
        means: AuditMeans,
        what: str,
        *,
        about: Iterable[str] = (),
        outcome: AuditOutcome = "done",
    ) -> Self:
        """A new entry with an id of its own."""
        ids = tuple(dict.fromkeys(one for one in about if _ID.fullmatch(one)))[:MOST_ABOUT]
        return cls(
            id=f"au-{secrets.token_hex(8)}",
            at=at,
            who=who,
            means=means,
            what=what,
            about=ids,
            outcome=outcome,
        )


class AuditQuery(Model):
    """Which entries are asked for, the newest first. `before` is an entry's id: those older."""

    since: datetime | None = None
    until: datetime | None = None
    who: str | None = None
    what: str | None = None
    about: str | None = None
    before: str | None = None
    limit: int = 100
