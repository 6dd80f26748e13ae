"""The ledger of what was promised: who does what by when, and whether it was done."""

from datetime import datetime, timedelta
from typing import Literal

from assist.domain.base import Model

EntryKind = Literal["promise", "answer", "look"]
"""A promise to the customer; an answer we wait for; the look whether a solution held."""
EntryState = Literal["open", "kept", "broken", "dropped"]
"""`broken`: it was not done, and somebody said so. `dropped`: nobody needs it any more."""
Standing = Literal["open", "due", "overdue", "kept", "broken", "dropped"]
"""How an entry stands at some time: of those that are open, the time for some has come."""
GRACE = timedelta(hours=1)
"""From the promised time until an entry is overdue. What is done within the hour is done on the day
that the customer was told; whoever is later than that is asked about it by others."""


class Entry(Model):
    """One thing that somebody said would be done about a case, or that has to be looked at.

    `text` is what the customer read; `check` what to look at to know whether it is done. `due` has
    a zone; none where no time was named. `check_at` is when its owner is reminded: the last moment
    of business by `due`, and without one the next update that the SLA asks for; none in entries of
    older releases. Settled once: then `settled_at` and `settled_by` are set.
    """

    id: str
    case_id: str
    ticket_id: str
    kind: EntryKind
    text: str
    what: str
    owner: str
    due: datetime | None
    check: str
    channel: str
    made_at: datetime
    state: EntryState = "open"
    settled_at: datetime | None = None
    settled_by: str = ""
    note: str = ""
    check_at: datetime | None = None

    @property
    def reminded_at(self) -> datetime | None:
        """When its owner is reminded; none where neither a time was named nor one was found."""
        return self.check_at or self.due

    @property
    def late_at(self) -> datetime | None:
        """From when on it is overdue."""
        until = self.due or self.check_at
        return until + GRACE if until else None

    def standing(self, now: datetime) -> Standing:
        """How it stands at this time."""
        if self.state != "open":
            return self.state
        if self.late_at is not None and now >= self.late_at:
            return "overdue"
        return "due" if self.reminded_at is not None and now >= self.reminded_at else "open"


class LedgerCounts(Model):
    """How many entries stand how at some time; `open` are those whose time has not come."""

    open: int = 0
    due: int = 0
    overdue: int = 0
    kept: int = 0
    broken: int = 0
    dropped: int = 0
