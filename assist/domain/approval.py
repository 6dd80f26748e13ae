"""Approval: what an agent may not grant, asked of somebody who may, with all it is decided by."""

from datetime import date, datetime
from typing import Literal

from assist.domain.base import Model, Money
from assist.domain.grants import Granted
from assist.domain.policy import ClauseType
from assist.domain.solution import Action
from assist.domain.verdict import Level, Verdict

ApprovalState = Literal["open", "approved", "refused", "withdrawn"]


class ClauseUsed(Model):
    """A clause in force for the case; no `version` where its policy is not kept any more."""

    clause_id: str
    policy_id: str = ""
    version: str = ""
    effective: date | None = None
    type: ClauseType
    text: str


class Approval(Model):
    """A request to do `actions` of one candidate, which the asking level may not do on its own.

    Each action carries its verdict and proof, `verdict` the strictest of doing all of them: with
    its clauses, its arithmetic and the level that is needed (`needs`). `amounts` are what is asked,
    in sum by currency; `granted` what caps counted when it was asked. It is judged once more when
    it is approved, at the level of who does: then the actions carry that verdict and proof, and
    `granted_ids` are what was booked. Times have a zone.
    """

    id: str
    key: str
    case_id: str
    ticket_id: str
    customer_id: str
    suggestion_id: str
    issue_id: str
    candidate_id: str
    title: str
    actions: tuple[Action, ...]
    verdict: Verdict
    needs: Level
    clauses: tuple[ClauseUsed, ...] = ()
    amounts: tuple[Money, ...] = ()
    granted: tuple[Granted, ...] = ()
    on: date
    """The day whose rules it is judged by: when the ticket came."""
    policy_version: str
    reason: str
    level: Level
    """Of whoever asks."""
    asked_by: str
    asked_through: str = ""
    """The key, session or token it was asked through; empty where none is needed."""
    asked_at: datetime
    state: ApprovalState = "open"
    answer_key: str = ""
    answer_reason: str = ""
    answered_by: str = ""
    answered_level: Level = ""
    answered_at: datetime | None = None
    answered_verdict: Verdict | None = None
    """As it was judged at the level of who approved, by the caps of that moment."""
    granted_ids: tuple[str, ...] = ()

    @property
    def approver(self) -> str:
        """Who approved it, at which level, in words; empty where nobody did."""
        if self.state != "approved" or self.answered_at is None:
            return ""
        when = f"{self.answered_at:%Y-%m-%d %H:%M %Z}"
        return f"{self.answered_by} ({self.answered_level}) on {when}"
