"""The ledger of what was promised: who does what by when, and whether it was done."""

from datetime import datetime
from typing import Literal

from assist.domain.base import Model

EntryKind = Literal["promise", "answer", "look"]
"""A promise to the customer; an answer we wait for; the look whether a solution held."""
EntryState = Literal["open", "kept", "broken", "dropped"]
"""`broken`: it was not done, and somebody said so. `dropped`: nobody needs it any more."""


class Entry(Model):
    """One thing that somebody said would be done about a case, or that has to be looked at.

    `text` is what the customer read; `check` what to look at to know whether it is done. `due` has
    a zone; none where no time was named. Settled once: then `settled_at` and `settled_by` are set.
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
