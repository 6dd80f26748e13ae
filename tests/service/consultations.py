"""Questions about the ticket t-1 as an agent asks them, and what a colleague answers."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import JsonValue

from assist.domain.categories import Category
from assist.domain.consultation import Consultation
from assist.service.consulting import ConsultationRequest, answer, ask
from assist.service.parts import Parts
from tests.builders import NOW
from tests.fakes import FrozenClock
from tests.policies.rules import rules

HOUR = timedelta(hours=1)
RULES = rules(
    categories=(
        Category(id="delivery", title="Delivery", owner="Logistics"),
        Category(id="other", title="Other"),
    )
)


def a_question(consultation_id: str = "q-1", **fields: Any) -> ConsultationRequest:
    """An agent's own question about the ticket t-1, with a fact."""
    given = {
        "id": consultation_id,
        "by": "Mo",
        "ticket_id": "t-1",
        "question": "Was the order paid?",
        "fact": "order.paid",
        "owner": "Payments",
        "due": NOW + HOUR,
    }
    return ConsultationRequest.model_validate(given | fields)


def asked(parts: Parts, **fields: Any) -> Consultation:
    """The question as it is kept once it was asked."""
    return ask(parts, RULES, a_question(**fields))


def answered(
    parts: Parts,
    value: JsonValue,
    *,
    of: str = "q-1",
    note: str = "",
    by: str = "Ida",
    at: datetime = NOW,
) -> Consultation:
    """The question as it is kept once a colleague answered it at this time."""
    later = replace(parts, clock=FrozenClock(at))
    return answer(later, RULES, of, value=value, note=note, by=by)
