"""Weeks of a company's cases, driven through decisions and outcomes while its clock moves on."""

from datetime import datetime, timedelta
from typing import Any

from assist.domain.case_view import CaseView
from assist.domain.ticket import Ticket
from assist.service.desk import Desk
from tests.builders import NOW
from tests.service.follow_ups import SetClock
from tests.service.handing_over import (
    TEMPLATE,
    a_refund,
    answered,
    asked,
    came_out,
    decided,
    done,
)
from tests.service.handing_over import a_desk as a_template_desk

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
ASKED = {
    "password": "How do I reset my password?",
    "parcel": "Where is my parcel? The tracking says nothing.",
    "refund": "Please refund my order, I do not want it any more.",
}


def a_desk(now: datetime = NOW) -> Desk:
    """The desk of the template company, whose clock shows this time."""
    return a_template_desk(TEMPLATE, clock=SetClock(now))


def ticket(number: int, at: datetime, about: str = "password", **fields: Any) -> Ticket:
    """Ticket `t-NUMBER` of customer `c-NUMBER`, written at that time."""
    given: dict[str, Any] = {
        "id": f"t-{number}",
        "created_at": at,
        "channel": "email",
        "customer": {"id": f"c-{number}", "name": "Ana Lima", "region": "US"},
        "messages": [{"author": "customer", "text": ASKED.get(about, about), "sent_at": at}],
    }
    return Ticket.model_validate(given | fields)


def at(desk: Desk, time: datetime) -> None:
    """The desk's clock shows this time."""
    clock = desk.parts.clock
    assert isinstance(clock, SetClock)
    clock.time = time


def came(desk: Desk, one: Ticket, when: datetime) -> CaseView:
    """The case of a ticket that comes in at that time."""
    at(desk, when)
    return done(desk.cases.open(one))


def solved(
    desk: Desk, one: Ticket, when: datetime, *, after: timedelta = 2 * HOUR, **told: Any
) -> CaseView:
    """A case that Mo answers as suggested after some time, and that is solved a day later."""
    view = came(desk, one, when)
    at(desk, when + after)
    view = decided(desk, view, "edit", text=_reply(view))
    at(desk, when + after + DAY)
    return came_out(desk, view, "solved", **told)


def _reply(view: CaseView) -> str:
    """The draft, with a greeting of the agent's own."""
    assert view.suggestion is not None
    return f"{view.suggestion.draft.text}\n\nHave a good day."


def refunded(desk: Desk, number: int, when: datetime, answer: str = "approve") -> CaseView:
    """More is asked than an agent may grant: Mo asks for leave, Lee answers, and it is solved."""
    customer = {"id": f"c-{number}", "name": "Ana Lima", "region": "US", "identity_verified": True}
    at(desk, when)
    asks = a_refund(ticket_id=f"t-{number}", customer=customer, created_at=when)
    view = done(desk.cases.open(asks))
    at(desk, when + HOUR)
    answered(desk, asked(desk, view), answer)
    view = decided(desk, desk.cases.view(view.case.id), "add_facts")
    view = decided(desk, view, "edit", text="Hello Ana, this is what we decided.")
    return came_out(desk, view, "solved", rating=4)


def chased(desk: Desk, number: int, when: datetime) -> CaseView:
    """The customer writes again before anybody has answered."""
    told = [
        {"author": "customer", "text": ASKED["password"], "sent_at": when},
        {"author": "customer", "text": "Hello? Anybody?", "sent_at": when + 6 * HOUR},
    ]
    return solved(desk, ticket(number, when, messages=told), when + 7 * HOUR)


def a_whole_history() -> Desk:
    """Ten weeks: passwords, a wave of parcels, refunds beyond the agent's level, and praise."""
    desk = a_desk()
    for day in range(0, 70, 2):
        when = NOW - (70 - day) * DAY
        solved(desk, ticket(day, when), when, rating=5)
    for place in range(42):
        when = NOW - 35 * DAY + place * DAY / 3
        solved(desk, ticket(100 + place, when, "parcel"), when, after=5 * HOUR, rating=2)
    for number in range(200, 206):
        when = NOW - (206 - number) * 5 * DAY
        refunded(desk, number, when, "approve" if number % 3 else "refuse")
    for number in range(300, 303):
        chased(desk, number, NOW - (310 - number) * DAY)
    solved(desk, ticket(400, NOW - 3 * DAY), NOW - 3 * DAY, rating=5, comment="Great support!")
    at(desk, NOW)
    return desk
