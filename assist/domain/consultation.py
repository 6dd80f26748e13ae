"""Consultation: an internal question to somebody who knows, whose answer becomes a fact."""

from datetime import datetime
from typing import Literal

from pydantic import JsonValue

from assist.domain.base import Model

ConsultationState = Literal["proposed", "open", "answered", "withdrawn"]


class Consultation(Model):
    """A question to a colleague, a team or an expert, with an owner and a due time.

    `fact` is the declared path that the answer gives a value to; none where the answer is words
    only. `why` says why this owner, and why it is worth asking. Times have a zone.
    """

    id: str
    ticket_id: str
    suggestion_id: str = ""
    issue_id: str = ""
    question: str
    fact: str | None = None
    owner: str
    why: str = ""
    due: datetime
    state: ConsultationState = "proposed"
    asked_by: str = ""
    asked_at: datetime | None = None
    answer: JsonValue = None
    note: str = ""
    """What the answer says beyond the value: its words, its limits, where it is from."""
    answered_by: str = ""
    answered_at: datetime | None = None
