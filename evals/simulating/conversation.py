"""What is looked at: a recorded suggestion, and where it was decided on, what was sent and done."""

from datetime import datetime

from assist.domain.approval import Approval
from assist.domain.base import Model
from assist.domain.casework import Sent
from assist.domain.decision import CaseOutcome, Decision
from assist.domain.draft import Promise
from assist.domain.draft_check import CheckedDraft, SentenceFound
from assist.domain.escalated import Escalated
from assist.domain.ledger import Entry
from assist.domain.solution import Candidate
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket


class Conversation(Model):
    """One conversation. `id` is the case's, else the suggestion's.

    `ticket` is none for a suggestion of no case: tickets are kept with cases. `sent` is the last
    text that went to the customer by a decision; none where nobody has decided. `handed_over`:
    somebody decided to. `checked` are the sentences of the text that is looked at; none where the
    text was written by the agent and could not be checked.
    """

    id: str
    at: datetime
    suggestion: Suggestion
    ticket: Ticket | None = None
    level: str = "agent"
    decisions: tuple[Decision, ...] = ()
    sent: Sent | None = None
    first_sent_at: datetime | None = None
    handed_over: bool = False
    escalations: tuple[Escalated, ...] = ()
    approvals: tuple[Approval, ...] = ()
    ledger: tuple[Entry, ...] = ()
    outcome: CaseOutcome | None = None
    checked: tuple[SentenceFound, ...] | None = None
    promises: tuple[Promise, ...] | None = None
    judged_at: datetime
    """When it is looked at: what is overdue is so by then."""

    @property
    def text(self) -> str:
        """What the customer read, or would have read: the text sent, else the draft."""
        return self.sent.text if self.sent else self.suggestion.draft.text

    @property
    def decided(self) -> bool:
        """Whether somebody sent it, or handed it over."""
        return self.sent is not None or self.handed_over

    @property
    def as_drafted(self) -> bool:
        """Whether the text is the draft, word for word."""
        return fold(self.text) == fold(self.suggestion.draft.text)

    @property
    def taken(self) -> Candidate | None:
        """The candidate that was gone with: the one named by a decision, else the choice.

        None where the suggestion abstains, or what was sent is a question.
        """
        last = next((d for d in reversed(self.decisions) if d.kind in TAKES), None)
        if self.decided and last is None:
            return None
        choice = self.suggestion.choice
        wanted = (last and last.candidate_id) or (choice and choice.candidate_id)
        return next((c for c in self.suggestion.candidates if c.id == wanted), None)

    @property
    def asked(self) -> str:
        """The customer's own words, as far as they are kept."""
        if self.ticket is None:
            return "\n".join(issue.text for issue in self.suggestion.issues)
        return "\n".join(filter(None, (self.ticket.subject, *(m.text for m in self.ticket.asked))))


TAKES = ("accept", "edit", "choose")
"""Decisions that go with a candidate: a question to the customer goes with none."""


def with_check(one: Conversation, found: CheckedDraft | None) -> Conversation:
    """The conversation with its sentences: those of the draft, and what a check found of others.

    A sentence that stands in the draft word for word was judged when the draft was made, with all
    that was known then; what the agent added is judged by the check.
    """
    if found is None and not one.as_drafted:
        return one
    drafted = _of_draft(one.suggestion)
    if found is None:
        return one.model_copy(update={"checked": drafted, "promises": one.suggestion.promises})
    sentences = tuple(_merged(s, drafted) for s in found.sentences)
    return one.model_copy(update={"checked": sentences, "promises": found.promises})


def _merged(found: SentenceFound, drafted: tuple[SentenceFound, ...]) -> SentenceFound:
    """The draft's own judgement of its sentence, with what a check sees wrong with it now.

    A check may take apart what the draft holds as one sentence.
    """
    said = fold(found.text)
    same = next((s for s in drafted if said in fold(s.text)), None) if said else None
    if same is None:
        return found
    flags = tuple(dict.fromkeys((*same.flags, *found.flags)))
    return same.model_copy(update={"text": found.text, "flags": flags, "why": found.why})


def _of_draft(suggestion: Suggestion) -> tuple[SentenceFound, ...]:
    """The draft's sentences as they were judged when it was made."""
    return tuple(
        SentenceFound(**s.model_dump(), probability=float(s.support in ("supported", "none")))
        for s in suggestion.draft.sentences
    )


def fold(text: str) -> str:
    """White space folded, case gone."""
    return " ".join(text.split()).casefold()
