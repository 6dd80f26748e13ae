"""Builders: a valid thing with the few fields a test is about."""

from datetime import UTC, datetime
from typing import Any

from assist.domain.knowledge import Hit, Passage, Why
from assist.domain.ticket import Customer, Ticket

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
"""A Friday morning; the sample records are dated around it."""


def a_ticket(text: str = "How do I reset my password?", **fields: Any) -> Ticket:
    """A one-message ticket from nobody in particular; customer fields may be given flat."""
    customer = {k: fields.pop(k) for k in list(fields) if k in Customer.model_fields and k != "id"}
    given = {"id": "t-1", "created_at": NOW, "messages": [{"text": text}], "customer": customer}
    return Ticket.model_validate(given | fields)


def a_passage(text: str, **fields: Any) -> Passage:
    """A customer-visible KB passage that is a whole document."""
    document_id = fields.pop("document_id", "doc")
    given = {
        "id": f"{document_id}#1",
        "document_id": document_id,
        "kind": "kb",
        "title": "Title",
        "text": text,
        "start": 0,
        "end": len(text),
        "position": 0,
    }
    return Passage.model_validate(given | fields)


def a_hit(text: str, score: float = 0.5, **fields: Any) -> Hit:
    """A hit on such a passage."""
    return Hit.found(a_passage(text, **fields), score, Why())
