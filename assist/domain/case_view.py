"""A case as those see it who work on it."""

from assist.domain.approval import Approval
from assist.domain.base import Model
from assist.domain.case_event import CaseEvent, CaseRow
from assist.domain.casework import Sent
from assist.domain.consultation import Consultation
from assist.domain.decision import CaseOutcome, Decision
from assist.domain.escalated import Escalated
from assist.domain.ledger import Entry
from assist.domain.look import Looked
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket


class CaseView(Model):
    """Where a case stands, what the agent has before them, what happened and what was promised.

    `suggestion` is none until there is one. `changed`: what it does not know of yet, in words, such
    as a colleague's answer; a new one (`add_facts`) will.
    """

    case: CaseRow
    ticket: Ticket
    suggestion: Suggestion | None
    changed: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    sent: tuple[Sent, ...] = ()
    tried: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    escalated: CaseEvent | None = None
    consultations: tuple[Consultation, ...] = ()
    escalations: tuple[Escalated, ...] = ()
    approvals: tuple[Approval, ...] = ()
    ledger: tuple[Entry, ...] = ()
    outcome: CaseOutcome | None = None
    looks: tuple[Looked, ...] = ()
    history: tuple[CaseEvent, ...] = ()
