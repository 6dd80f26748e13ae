"""Builders of cases after their suggestion."""

from datetime import datetime
from typing import Any

from assist.domain.case import Case
from assist.domain.case_event import CaseEvent, EventKind
from assist.domain.casework import Casework, happened
from assist.domain.issue import Issue
from assist.domain.language import TicketLanguage
from tests.builders import NOW, a_ticket

GERMAN = TicketLanguage(code="de", confidence=1.0, source="detected", reply="de")
JAPANESE = TicketLanguage(
    code="ja", confidence=1.0, source="detected", reply="en", lacks=("articles", "wording")
)


def an_issue(**fields: Any) -> Issue:
    """One issue about a refund."""
    given = {"id": "i1", "statement": "A refund is wanted.", "text": "Please refund it."}
    return Issue.model_validate(given | fields)


def a_case(*events: CaseEvent, **fields: Any) -> Case:
    """A case of one issue, with these events in it."""
    ticket = fields.pop("ticket", None) or a_ticket("Please refund it.", channel="email")
    work = Casework(id="case-1")
    for event in events:
        work = happened(work, event)
    return Case.model_validate(
        {"ticket": ticket, "now": NOW, "issues": (an_issue(),), "work": work} | fields
    )


def an_event(number: int, kind: EventKind, /, *, at: datetime = NOW, **body: Any) -> CaseEvent:
    """Something that happened, done by Kim."""
    return CaseEvent(number=number, key=f"k-{number}", kind=kind, at=at, by="Kim", body=body)


def opened(**fields: Any) -> CaseEvent:
    """The event that opens a case."""
    ticket = a_ticket("Please refund it.", **fields).model_dump(mode="json")
    return an_event(1, "opened", ticket=ticket, level="agent", mode=None)


def decided(number: int, kind: str, **body: Any) -> CaseEvent:
    """A decision on the suggestion s-1 unless told."""
    at = body.pop("at", NOW)
    return an_event(number, "decision", at=at, kind=kind, **{"suggestion_id": "s-1", **body})
