"""A home with two customers in every table, and where a text stands in its files."""

import asyncio
from datetime import timedelta
from pathlib import Path

from assist.domain.feedback import Feedback
from assist.domain.grants import Granted
from assist.domain.ticket import Ticket
from assist.service.case_requests import DecisionRequest, OutcomeRequest
from assist.service.consulting import ConsultationRequest
from assist.service.desk import Desk
from tests.contracts.ledger_builders import TWENTY
from tests.service.parts import a_kb

ZOE, MAX = "cust-7731", "cust-8842"
RARE = "Brandywine-Katzenjammer"
"""A word that stands in no article and in nobody else's ticket."""
TEXT = f"My hub in {RARE} blinks red, order FW-884120. What can I do?"
ARTICLE = """# The hub blinks red

Hold the button of the hub for ten seconds. The light turns green after a minute.
"""


def a_shop(folder: Path) -> Path:
    """One article about the hub."""
    return a_kb(folder, hub=ARTICLE)


def zoes(ticket_id: str = "ticket-zoe-1", **customer: object) -> Ticket:
    """A ticket of Zoë's."""
    given = {"id": ZOE, "name": "Zoë Quist", "email": "Zoe.Quist@example.com"}
    return a_ticket_of(given | {"phone": "+44 20 7946 0958"} | customer, ticket_id)


def maxs(ticket_id: str = "ticket-max-1") -> Ticket:
    """A ticket of Max's."""
    given = {"id": MAX, "name": "Max Muster", "email": "max@example.com", "phone": "+49 30 1234567"}
    return a_ticket_of(dict(given), ticket_id, "My hub blinks red. Whom can I ask?")


def a_ticket_of(customer: dict[str, object], ticket_id: str, text: str = TEXT) -> Ticket:
    """Somebody's hub blinks."""
    return Ticket.model_validate({"id": ticket_id, "customer": customer, "text": text})


def lived_through(desk: Desk, ticket: Ticket) -> str:
    """A case with an act of each kind; its id."""
    return asyncio.run(_lived_through(desk, ticket))


async def _lived_through(desk: Desk, ticket: Ticket) -> str:
    cases, who = desk.cases, str(ticket.customer.id)
    view = await cases.open(ticket, by="Ann")
    made = view.case.suggestion_id
    due = desk.parts.clock.now() + timedelta(hours=2)
    asked = {"id": f"ask-{ticket.id}", "ticket_id": ticket.id, "by": "Ann", "due": due}
    question = {"question": f"Is the hub of {who} in stock?", "owner": "Stock"}
    await cases.consult(view.case.id, ConsultationRequest.model_validate(asked | question))
    text = f"Dear {ticket.customer.name}, we will call you back within 2 business days."
    sent = {"key": "k-1", "by": "Ann", "suggestion_id": made, "kind": "edit", "text": text}
    await cases.decide(view.case.id, DecisionRequest.model_validate(sent))
    told = {"key": "o-1", "by": "Ann", "kind": "solved", "rating": 5, "comment": f"{who} is glad"}
    await cases.outcome(view.case.id, OutcomeRequest.model_validate(told))
    now = desk.parts.clock.now()
    liked = {"suggestion_id": made, "key": "f-1", "kind": "copied", "at": now, "by": "Ann"}
    desk.parts.feedback.add(Feedback.model_validate(liked | {"reason": f"fits {who}"}))
    grant(desk, who, ticket.id)
    return view.case.id


def grant(desk: Desk, customer_id: str, ticket_id: str) -> None:
    """Twenty pounds of goodwill for this ticket."""
    credit = {
        "id": f"grant-{ticket_id}",
        "customer_id": customer_id,
        "ticket_id": ticket_id,
        "action": "credit",
        "parameters": {"amount": TWENTY, "reason": f"{customer_id} waited"},
        "amount": TWENTY,
        "level": "agent",
        "by": "Mo",
        "at": desk.parts.clock.now(),
    }
    with desk.parts.grants.booking(customer_id) as booking:
        booking.add(Granted.model_validate(credit))


def files_with(folder: Path, text: str) -> list[Path]:
    """The files below a folder in which a text stands."""
    return [
        file for file in folder.rglob("*") if file.is_file() and text.encode() in file.read_bytes()
    ]
