"""Use cases: solved cases that proved good become precedents, redacted; and whose they are.

A precedent informs the agent. It grounds no sentence, no promise and no verdict (ADR 0013).
"""

import hashlib
import json
from collections.abc import Sequence

from pydantic import JsonValue

from assist.domain.case_event import CaseEvent, CaseRow
from assist.domain.casework import Casework, happened
from assist.domain.knowledge import Document
from assist.domain.precedent import (
    CASE,
    LABEL,
    SOURCE,
    Bar,
    PrecedentReport,
    Weighed,
    case_of,
    source_of,
)
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.graph.casework.recorded_issue import recorded_issue
from assist.language.statements import fold
from assist.ports import Reading
from assist.service.archive import Archive
from assist.service.parts import Parts
from assist.service.recording import EVER
from assist.understanding.customer_values import known_values

AT_MOST = 10_000
"""Solved cases looked at, the newest: as many as one desk solves in a year or two."""
IDENTIFYING = ("id", "name", "email", "phone", "serial", "serial_number", "number")
"""Last pieces of paths whose facts point to a person or to what is theirs."""
NOT_GOOD = "not rated {rating} or better, and no later look has found that it held"


def precedents(parts: Parts | Archive, bar: Bar) -> PrecedentReport:
    """What the solved cases make: the same cases make the same precedents, in any process."""
    rows = sorted(parts.cases.listed(("solved",), AT_MOST), key=lambda row: row.id)
    found = [_weighed(parts, row, bar) for row in rows]
    return PrecedentReport(
        precedents=tuple(one for one in found if one.document is not None),
        left_out=tuple(one for one in found if one.document is None),
    )


def reading_of(report: PrecedentReport) -> Reading:
    """The precedents as an ingest takes them: those that are not among them are taken out."""
    documents = tuple(one.document for one in report.precedents if one.document is not None)
    return Reading(root=SOURCE, documents=documents)


def precedents_of(parts: Parts, customer_id: str) -> tuple[str, ...]:
    """Ids of the documents that were made of this customer's cases, in any generation kept."""
    cases = {row.id for row in parts.cases.of_customer(customer_id, EVER, AT_MOST)}
    return tuple(
        dict.fromkeys(
            document.id
            for generation in parts.knowledge.generations()
            for document in parts.knowledge.documents(generation.id)
            if case_of(document) in cases
        )
    )


def _weighed(parts: Parts | Archive, row: CaseRow, bar: Bar) -> Weighed:
    events = parts.cases.events(row.id)
    work = Casework(id=row.id)
    for event in events:
        work = happened(work, event)
    good, why = _proved(work.model_copy(update={"status": row.status}), bar)
    if not good or not row.suggestion_id:
        return Weighed(case_id=row.id, why=why)
    made = _document(parts, row, work, events)
    if made is None:
        return Weighed(case_id=row.id, why="what identifies the customer could not be taken out")
    return Weighed(case_id=row.id, why=why, document=made)


def _proved(work: Casework, bar: Bar) -> tuple[bool, str]:
    """Whether what was done was good, and by what."""
    if not work.sent:
        return False, "nothing was sent to the customer"
    if work.looks and work.looks[-1].result == "came_back":
        return False, "the customer came back"
    if work.looks and work.looks[-1].result == "held":
        return True, f"it held: looked at on {work.looks[-1].at:%Y-%m-%d}"
    rating = work.outcome.rating if work.outcome else None
    if rating is not None and rating >= bar.rating:
        return True, f"the customer rated it {rating} of 5"
    return False, NOT_GOOD.format(rating=bar.rating)


def _document(
    parts: Parts | Archive, row: CaseRow, work: Casework, events: Sequence[CaseEvent]
) -> Document | None:
    """The precedent; none where something known of the customer stays in it."""
    suggestion = parts.suggestions.get(row.suggestion_id)
    tickets = [
        Ticket.model_validate(event.body["ticket"])
        for event in events
        if event.kind in ("opened", "message")
    ]
    known = _known(tickets, suggestion)
    work = work.model_copy(update={"status": "solved"})
    title = fold(suggestion.issue.statement)
    told = parts.redactor.redact(f"{title}\n\n{_text(suggestion, work)}", known)
    if _stays(told, known):
        return None
    title, _, text = told.partition("\n\n")
    ticket = tickets[-1]
    document = Document(
        id=f"precedent-{row.id}",
        kind="precedent",
        title=title,
        text=text,
        audience="internal",
        language=suggestion.language.code if suggestion.language else "en",
        regions=tuple(filter(None, (ticket.customer.region,))),
        products=tuple(filter(None, (ticket.product,))),
        source=source_of(row.id),
        metadata=_metadata(row, suggestion),
    )
    return document.model_copy(update={"content_hash": _hash(document)})


def _metadata(row: CaseRow, suggestion: Suggestion) -> dict[str, JsonValue]:
    """Nothing by which an inquiry would be counted: the case's own suggestion counts as one."""
    told: dict[str, JsonValue] = {"label": LABEL, CASE: row.id}
    return told | ({"category": category} if (category := suggestion.issue.category) else {})


def _text(suggestion: Suggestion, work: Casework) -> str:
    """What was wrong, in the customer's words, what it was, and what solved it."""
    issues = [recorded_issue(issue, suggestion, work) for issue in suggestion.issues]
    causes = [c.statement for issue in issues for c in issue.causes if c.confirmed]
    taken = [one.title for issue in issues for one in issue.considered if one.taken]
    parts = ["## Problem", *(fold(issue.words) for issue in issues)]
    if causes:
        parts += ["## Cause", *causes]
    parts += ["## What solved it", *dict.fromkeys(taken), work.sent[-1].text.strip()]
    return "\n\n".join(parts)


def _known(tickets: Sequence[Ticket], suggestion: Suggestion) -> dict[str, str]:
    """Value -> type of all that the tickets and the account tell of the customer."""
    known = {value: kind for one in tickets for value, kind in known_values(one).items()}
    known |= {one.customer.id: "ID" for one in tickets if one.customer.id}
    for issue in suggestion.issues:
        for fact in issue.facts:
            last = fact.path.rpartition(".")[2]
            if last in IDENTIFYING and isinstance(fact.value, str) and fact.value.strip():
                known.setdefault(fact.value, "NAME" if last == "name" else "ID")
    return known


def _stays(text: str, known: dict[str, str]) -> bool:
    """Whether a value that is known still stands in the text, in whatever case."""
    words = fold(text).casefold()
    return any(len(value) > 1 and fold(value).casefold() in words for value in known)


def _hash(document: Document) -> str:
    """As the ingest of anything sent makes it: the same content has the same hash."""
    told = document.model_dump(mode="json")
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
