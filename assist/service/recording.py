"""Use case: a case -> its record, without what identifies the customer."""

from collections.abc import Callable
from datetime import UTC, datetime

from pydantic import JsonValue

from assist.domain.case import Case
from assist.domain.case_event import CaseEvent
from assist.domain.casework import Casework, happened
from assist.domain.policy import PolicySet
from assist.domain.record import Record
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.graph.casework.record import record_of
from assist.ports import KnowledgeStore
from assist.service.archive import Archive
from assist.service.parts import Parts
from assist.understanding.customer_values import known_values

EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Before anything that was granted: a grant may be older than the case of its ticket."""
_WRITTEN = frozenset(
    {
        "answer", "answer_reason", "because", "check", "comment", "customer_notice", "evidence",
        "internal_notice", "note", "question", "reason", "requested", "statement", "text", "tried",
        "value", "what", "why", "words",
    }
)  # fmt: skip
"""Fields of a record that hold words of the customer, or of somebody who writes about them."""
_GIVEN = frozenset({"facts", "parameters"})
"""Objects whose values may be words of the customer, whatever they are called."""
_OURS = frozenset({"clauses", "links", "looks"})
"""What the company wrote: quotes of it must stay verbatim."""


def recorded(parts: Parts | Archive, case_id: str) -> Record:
    """What the case leaves behind so far. Of the customer it names the id. Raises `NotFound`."""
    row, events = parts.cases.get(case_id), parts.cases.events(case_id)
    work = Casework(id=case_id)
    for event in events:
        work = happened(work, event)
    work = work.model_copy(update={"status": row.status})  # events do not tell of suggestions
    tickets = [Ticket.model_validate(event.body["ticket"]) for event in events if _told(event)]
    case = Case(
        ticket=tickets[-1],
        now=row.changed_at,
        consultations=parts.consultations.of_ticket(row.ticket_id),
        work=work,
    )
    made = _suggestions(parts, work, row.suggestion_id)
    customer = row.customer_id
    record = record_of(
        case,
        events,
        made,
        parts.cases.entries(case_id),
        rules=rules_of(parts.knowledge, made[-1].generation) if made else None,
        granted=parts.grants.of_customer(customer, EVER) if customer else (),
        escalations=parts.escalated.of_ticket(row.ticket_id),
        approvals=parts.approvals.of_ticket(row.ticket_id),
    )
    known = {value: kind for ticket in tickets for value, kind in known_values(ticket).items()}
    return redacted(record, lambda text: parts.redactor.redact(text, known))


def redacted(record: Record, redact: Callable[[str], str]) -> Record:
    """The record with every text redacted that a person wrote about the customer, or they did."""
    told = record.model_dump(mode="json")
    return Record.model_validate(
        {n: v if n in _OURS else _redacted(n, v, redact) for n, v in told.items()}
    )


def rules_of(knowledge: KnowledgeStore, generation: str) -> PolicySet | None:
    """The rules of a generation that is still kept, serving or not; else none."""
    from assist.policies.reading import read_policy_set  # conditions take a third of a second

    kept = next((one for one in knowledge.generations() if one.id == generation), None)
    if kept is None:
        return None
    files, documents = knowledge.files(kept.id), knowledge.documents(kept.id)
    return read_policy_set(files, documents, version=kept.fingerprint[:12])


def _told(event: CaseEvent) -> bool:
    return event.kind in ("opened", "message")


def _suggestions(parts: Parts | Archive, work: Casework, newest: str) -> list[Suggestion]:
    """Those that were decided on and the newest, oldest first."""
    ids = [*(decision.suggestion_id for decision in work.decisions), *filter(None, [newest])]
    return [parts.suggestions.get(one) for one in dict.fromkeys(ids)]


def _redacted(name: str, value: JsonValue, redact: Callable[[str], str]) -> JsonValue:
    """A field of the record, its texts redacted however deep they lie."""
    if isinstance(value, str):
        return redact(value) if name in _WRITTEN else value
    if isinstance(value, list):
        return [_redacted(name, one, redact) for one in value]
    if isinstance(value, dict):
        within = "value" if name in _GIVEN else ""
        return {inner: _redacted(within or inner, one, redact) for inner, one in value.items()}
    return value
