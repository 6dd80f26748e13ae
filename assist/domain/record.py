"""What a case leaves behind: what was known, decided and promised, and what came of it."""

from datetime import datetime

from pydantic import JsonValue

from assist.domain.approval import Approval, ClauseUsed
from assist.domain.base import Model
from assist.domain.case_event import CaseStatus
from assist.domain.consultation import Consultation
from assist.domain.decision import DecisionKind, OutcomeKind
from assist.domain.draft import Citation
from assist.domain.escalated import Escalated
from assist.domain.escalation import Escalation
from assist.domain.grants import Granted
from assist.domain.issue import Abstention, PriorityLevel
from assist.domain.ledger import Entry
from assist.domain.look import Looked
from assist.domain.solution import Choice
from assist.domain.verdict import Verdict


class KnownFact(Model):
    """Something known about the product or the order, and who said so."""

    path: str
    value: JsonValue
    source: str


class RecordedCause(Model):
    """A cause that was thought of; `why` says on what it is held to be confirmed, or not."""

    statement: str
    evidence: str = ""
    confirmed: bool = False
    why: str = ""


class Considered(Model):
    """A candidate that was weighed. `suggested` by us; `taken` is what the agent went with."""

    id: str
    title: str
    verdict: Verdict | None = None
    suggested: bool = False
    taken: bool = False


class RecordedIssue(Model):
    """One issue: in the customer's words, what it was about, and how it was decided."""

    id: str
    statement: str
    words: str
    category: str | None = None
    priority: PriorityLevel | None = None
    environment: tuple[KnownFact, ...] = ()
    causes: tuple[RecordedCause, ...] = ()
    considered: tuple[Considered, ...] = ()
    choice: Choice | None = None
    abstention: Abstention | None = None


class Deviation(Model):
    """What was sent, or done, that was not the suggestion; `by` decided it.

    `changed` of `words` are the draft's and the sent text's that differ. `needs` is the level whose
    approval the candidate asks for that was taken instead, `approved` who gave it, and when.
    """

    event: int
    at: datetime
    by: str
    kind: DecisionKind
    suggestion_id: str
    text: str = ""
    reason: str = ""
    candidate: str = ""
    changed: int = 0
    words: int = 0
    needs: str = ""
    approved: str = ""


class HandedOver(Model):
    """What was found about escalating, and who handed the case over, when and why, if anybody."""

    found: Escalation
    by: str = ""
    at: datetime | None = None
    reason: str = ""


class RecordedOutcome(Model):
    """What was found at a follow-up. `rating` 1 (bad) to 5."""

    kind: OutcomeKind
    at: datetime
    by: str
    rating: int | None = None
    comment: str = ""
    tried: str = ""


class Links(Model):
    """What it rests on, in the order in which it was used."""

    suggestion_ids: tuple[str, ...] = ()
    generations: tuple[str, ...] = ()
    policy_versions: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()


class Record(Model):
    """The resolution document of one case. Of the customer it names the id and nothing else.

    Times have a zone. `closed_at` is none while the case has not ended. `outcomes` are all that
    were found, the last one counts. `notes` say what could not be recorded.
    """

    case_id: str
    ticket_id: str
    customer_id: str | None
    product: str | None = None
    status: CaseStatus
    opened_at: datetime
    closed_at: datetime | None = None
    issues: tuple[RecordedIssue, ...] = ()
    clauses: tuple[ClauseUsed, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    granted: tuple[Granted, ...] = ()
    """What was granted for this ticket: by whom, at which level, by which clauses."""
    approvals: tuple[Approval, ...] = ()
    """What was beyond the agent's level and was asked of somebody, with the answer."""
    promises: tuple[Entry, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    escalation: HandedOver | None = None
    escalations: tuple[Escalated, ...] = ()
    """Each time it was handed over: to whom, by when, what was asked and what came back."""
    outcomes: tuple[RecordedOutcome, ...] = ()
    looks: tuple[Looked, ...] = ()
    """Whether what solved it held, as was found later."""
    links: Links = Links()
    notes: tuple[str, ...] = ()

    @property
    def outcome(self) -> RecordedOutcome | None:
        """How it came out in the end; none where nobody has told."""
        return self.outcomes[-1] if self.outcomes else None
