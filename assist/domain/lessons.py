"""What the company should learn from its cases: which rules rub, what need not come, who is due."""

from datetime import datetime
from typing import Literal

from assist.domain.base import Model
from assist.domain.kb_health import Share
from assist.domain.systemic import IssueExample

PreventableKind = Literal["overdue_promise", "before_due", "chased", "wave"]


class ClauseFriction(Model):
    """How a clause does in practice. All are of its `uses`: cases that it was in play in.

    `approvals`: somebody had to be asked because of it; `refused` of those were refused. In
    `deviations` the agent set aside the suggestion that rests on it. `text` is what it says and
    `owner` has its policy; empty where it serves no more.
    """

    clause_id: str
    owner: str = ""
    text: str = ""
    uses: int
    approvals: Share
    refused: Share
    deviations: Share
    escalated: Share
    came_back: Share
    trouble: int
    """Of its uses, those with any of these."""
    examples: tuple[str, ...] = ()
    """Ids of the newest tickets with any of these."""


class Preventable(Model):
    """Contacts of one category that something earlier would have avoided, with the evidence.

    `of` are all contacts of the category: each time that a customer wrote.
    """

    kind: PreventableKind
    category: str
    contacts: int
    of: int
    says: str
    helps: str
    """What would have avoided them."""
    examples: tuple[IssueExample, ...] = ()


class Praise(Model):
    """Words that praise somebody, redacted, to be passed on.

    `by` are those whose replies it came after; `team` owns what it was about. Empty where nobody
    knows.
    """

    ticket_id: str
    at: datetime
    words: str
    category: str
    team: str = ""
    by: tuple[str, ...] = ()
