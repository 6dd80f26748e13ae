"""Conversations with times, and the clocks that they leave, for tests of both."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from assist.domain.issue import Clocks
from assist.domain.sla import Asking, Calendar, Sla, SlaTarget
from assist.domain.ticket import Message
from assist.policies.clocks import read_clocks
from tests.policies.rules import an_sla

LONDON = Calendar(
    region="UK", time_zone="Europe/London", opens="09:00", closes="17:00", public_holidays="GB-ENG"
)
FOUR_AND_SIXTEEN = SlaTarget(first_response_hours=Decimal(4), resolution_hours=Decimal(16))
SLA = an_sla(
    pauses={"resolution": ("waiting_for_customer",)},
    asking=Asking(phrases=("please send",), not_phrases=("anything else",)),
    warn_hours={"resolution": Decimal(2)},
)


def on(text: str) -> datetime:
    """Such a day and time of November 2026, in UTC, which is London's time then."""
    return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def customer(sent: str | None = None, text: str = "The lamp is dark.") -> Message:
    return Message(author="customer", text=text, sent_at=on(sent) if sent else None)


def agent(sent: str | None = None, text: str = "Which lamp is it?", **fields: Any) -> Message:
    return Message(author="agent", text=text, sent_at=on(sent) if sent else None, **fields)


def clocks(*messages: Message, now: str = "16 12:00", sla: Sla = SLA, **fields: Any) -> Clocks:
    """Clocks that began on Monday the 16th at 10:00."""
    given = {"start": on("16 10:00"), "now": on(now), **fields}
    return read_clocks(sla, LONDON, FOUR_AND_SIXTEEN, messages, **given)
