"""A desk whose service has seen tickets, with a clock that can be moved, over a real database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from assist.domain.case_event import CaseEvent, CaseRow
from assist.domain.ticket import Message, Ticket
from assist.service.desk import Desk
from tests.builders import NOW
from tests.service.follow_ups import SetClock

HOUR = timedelta(hours=1)
DAY = 24 * HOUR


def with_clock(desk: Desk) -> Desk:
    """The same desk at a time that can be set."""
    return replace(desk, parts=replace(desk.parts, clock=SetClock(NOW)))


def pass_time(desk: Desk, by: timedelta) -> None:
    """The clock is moved on."""
    desk.parts.clock.time += by  # type: ignore[attr-defined]


def ticket_of(name: str, text: str, *others: str, customer: str = "") -> Ticket:
    """The customer's words, then in turn an agent's and the customer's."""
    said = [Message(text=text)]
    for number, other in enumerate(others):
        said.append(Message(author="customer" if number % 2 else "agent", text=other))
    return Ticket.model_validate(
        {"id": name, "messages": said, "customer": {"id": customer or None}}
    )


def seen(desk: Desk, *tickets: Ticket) -> None:
    """Each ticket has opened a case, now."""
    now = desk.parts.clock.now()
    for ticket in tickets:
        row = CaseRow(
            id=f"case-{ticket.id}",
            ticket_id=ticket.id,
            customer_id=ticket.customer.id,
            revision=1,
            status="deciding",
            suggestion_id="",
            priority="P3",
            opened_at=now,
            changed_at=now,
            events=0,
            applied=0,
        )
        body = {"ticket": ticket.model_dump(mode="json")}
        opened = CaseEvent(number=1, key="opened", kind="opened", at=now, by="k", body=body)
        desk.parts.cases.open(row, opened)


def asked(prefix: str, texts: Sequence[str], *others: str) -> list[Ticket]:
    """A ticket per text."""
    return [ticket_of(f"{prefix}-{n}", text, *others) for n, text in enumerate(texts)]
