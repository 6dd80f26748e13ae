"""What happened to a case, in order: the truth from which its state can be made again."""

from datetime import datetime
from typing import Literal

from pydantic import Field, JsonValue

from assist.domain.base import Model

EventKind = Literal[
    "opened", "message", "decision", "consultation", "progress", "outcome", "cancelled", "closing",
    "looked", "set_aside",
]  # fmt: skip
CaseStatus = Literal["suggesting", "deciding", "waiting", "solved", "unanswered", "cancelled"]
"""`suggesting` until there is a suggestion, `deciding` while the agent has it, `waiting` once the
customer was answered, until the outcome is known; the other three are ends."""
ENDED: frozenset[CaseStatus] = frozenset({"solved", "unanswered", "cancelled"})
QUIET: frozenset[EventKind] = frozenset({"cancelled", "closing", "looked", "set_aside"})
"""What needs no suggestion, and is worked off where none can be made."""


class CaseEvent(Model):
    """One thing that happened. `number` counts from 1; the same `key` again is the same event.

    `body` is the ticket (`opened`, `message`), the decision, the consultation's id, the text that
    told of progress or closed the case, the outcome, the reason, what a look found, or the numbers
    of events that were given up (`set_aside`) and why, as JSON.
    """

    number: int
    key: str
    kind: EventKind
    at: datetime
    by: str
    release: str = ""
    """That of assist which kept it; empty where it is not known."""
    body: dict[str, JsonValue] = Field(default_factory=dict)


class CaseRow(Model):
    """A case as lists show it. `events` happened, of which `applied` are in its state."""

    id: str
    ticket_id: str
    customer_id: str | None
    revision: int
    status: CaseStatus
    suggestion_id: str
    priority: str
    opened_at: datetime
    changed_at: datetime
    events: int
    applied: int
