"""A helpdesk in memory that keeps the port: what stands there, and what was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import SecretStr

from assist.adapters.helpdesks import signatures
from assist.adapters.helpdesks.reading import delivery_of, json_object
from assist.domain.helpdesks import Delivery, SignatureScheme, TicketSummary, Written
from assist.domain.ticket import Ticket
from assist.errors import AssistError, NotFound

SECRET = SecretStr("kept between us")


@dataclass
class MemoryHelpdesk:
    """Its tickets by their ids there. `down` is raised instead of any answer, while it is set."""

    name: str = "chat"
    signature: SignatureScheme = signatures.CHATWOOT
    there: dict[str, Ticket] = field(default_factory=dict)
    written: list[tuple[str, str, str]] = field(default_factory=list)
    """How (`note`, `reply`, `draft`), ticket, text."""
    down: AssistError | None = None
    asked: int = 0

    def write(self, ticket_id: str, *texts: str, revision: int = 1, by: str = "customer") -> None:
        """The ticket as it stands there now."""
        messages = [{"author": by if n else "customer", "text": t} for n, t in enumerate(texts)]
        told = {"id": ticket_id, "subject": "Help", "revision": revision, "messages": messages}
        self.there[ticket_id] = Ticket.model_validate(told | {"customer": {"id": "c-1"}})

    def ticket(self, ticket_id: str) -> Ticket:
        self._answer()
        if ticket_id not in self.there:
            raise NotFound("chat has no such ticket", cure="it may have been deleted")
        return self.there[ticket_id]

    def tickets(self, most: int) -> tuple[TicketSummary, ...]:
        self._answer()
        return tuple(TicketSummary(id=one) for one in self.there)[:most]

    def note(self, ticket_id: str, text: str) -> Written:
        return self._write("note", ticket_id, text)

    def reply(self, ticket_id: str, text: str) -> Written:
        return self._write("reply", ticket_id, text)

    def draft(self, ticket_id: str, text: str) -> Written:
        return self._write("draft", ticket_id, text)

    def tag(self, ticket_id: str, tags: tuple[str, ...]) -> None:
        self._write("tag", ticket_id, " ".join(tags))

    def check(self, headers: Mapping[str, str], body: bytes, address: str, now: datetime) -> None:
        signatures.check_sent(self.signature, [SECRET], headers, body, address=address, now=now)

    def delivery(self, headers: Mapping[str, str], body: bytes) -> Delivery | None:
        told = json_object(body)
        if told.get("event") == "nothing":
            return None
        sent = {name.lower(): value for name, value in headers.items()}
        delivery_id = sent.get("x-chatwoot-delivery", str(told.get("id", "")))
        return delivery_of(self.name, ticket_id=told.get("ticket"), delivery_id=delivery_id)

    def _answer(self) -> None:
        self.asked += 1
        if self.down is not None:
            raise self.down

    def _write(self, how: str, ticket_id: str, text: str) -> Written:
        self._answer()
        if (how, ticket_id, text) not in self.written:
            self.written.append((how, ticket_id, text))
        return Written(ticket_id=ticket_id, public=how == "reply")


def signed(body: bytes, at: datetime, delivery: str = "d-1") -> dict[str, str]:
    """The headers that it would send with a body."""
    time = str(int(at.timestamp()))
    return {
        "X-Chatwoot-Signature": signatures.sign(signatures.CHATWOOT, SECRET, body, time),
        "X-Chatwoot-Timestamp": time,
        "X-Chatwoot-Delivery": delivery,
    }
