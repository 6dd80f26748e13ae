"""django-helpdesk: its REST API, with the name and password of a member of its staff.

Its webhooks are unsigned: the secret stands in their address, and what they tell is a hint only. It
keeps no drafts, and no time of a ticket: a ticket is as new as its last follow-up. Its tags are not
in its API: none are read or written.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assist.adapters.helpdesks import signatures
from assist.adapters.helpdesks.asking import Asking, at
from assist.adapters.helpdesks.mail_text import said, written
from assist.adapters.helpdesks.reading import (
    attachment,
    delivery_of,
    instant,
    json_object,
    row,
    rows,
    said_already,
    ticket_of,
)
from assist.domain.helpdesk_settings import HelpdeskSettings
from assist.domain.helpdesks import Delivery, SignatureScheme, TicketSummary, Written
from assist.domain.ticket import Message, Ticket
from assist.errors import BadInput, TicketMoved

DRAFT = "Suggested reply (check before sending):"
STATES = {1: "open", 2: "reopened", 3: "resolved", 4: "closed", 5: "duplicate", 6: "new"}
_ID = re.compile(r"[0-9]{1,18}")


class DjangoHelpdesk:
    """One django-helpdesk."""

    signature = SignatureScheme()

    def __init__(self, name: str, settings: HelpdeskSettings) -> None:
        self.name = name
        self._secrets = settings.secrets
        self._asking = Asking(
            name,
            settings.url,
            headers={},
            auth=(settings.user, settings.token.get_secret_value()),
            seconds=settings.seconds,
        )

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it stands there now."""
        told = self._told(ticket_id)
        if into := told.get("merged_to"):
            raise TicketMoved(
                f"{self.name} merged the ticket into {into}", cure=f"look at {into}", to=str(into)
            )
        followed = self._followed(told)
        fields = {
            "id": ticket_id,
            "subject": told.get("title"),
            "customer": {"email": told["submitter_email"]} if told.get("submitter_email") else {},
            "messages": _messages(told, followed),
            "attachments": [
                attachment(one.get("filename"), one.get("mime_type"), one.get("size"))
                for follow_up in followed
                for one in follow_up.get("followupattachment_set") or ()
            ],
        }
        latest = max((t for one in followed if (t := instant(one.get("date")))), default=None)
        return ticket_of(self.name, fields, latest)

    def tickets(self, most: int) -> tuple[TicketSummary, ...]:
        """The tickets as it lists them: it tells no times, the newest number comes first."""
        answer = self._asking.get("/api/tickets/", page_size=most)
        listed = rows(self.name, at(answer, "results"))
        newest = sorted(listed, key=lambda one: int(one.get("id") or 0), reverse=True)
        return tuple(
            TicketSummary(
                id=str(one.get("id", "")),
                subject=str(one.get("title") or ""),
                state=STATES.get(one.get("status") or 0, ""),
            )
            for one in newest[:most]
        )

    def note(self, ticket_id: str, text: str) -> Written:
        """A private follow-up."""
        return self._write(ticket_id, text, public=False)

    def reply(self, ticket_id: str, text: str) -> Written:
        """A public follow-up: it is sent to the submitter."""
        return self._write(ticket_id, text, public=True)

    def draft(self, ticket_id: str, text: str) -> Written:
        """A private follow-up with the reply in it."""
        return self.note(ticket_id, f"{DRAFT}\n\n{text}")

    def tag(self, ticket_id: str, tags: tuple[str, ...]) -> None:
        """Its API has no tags: a note says them, where there are any."""
        if tags:
            self.note(ticket_id, f"Tags: {', '.join(tags)}")

    def check(self, headers: Mapping[str, str], body: bytes, address: str, now: datetime) -> None:
        """Whether a webhook is its own. Raises `Unauthenticated`, `Stale`."""
        signatures.check_sent(
            self.signature, self._secrets, headers, body, address=address, now=now
        )

    def delivery(self, headers: Mapping[str, str], body: bytes) -> Delivery | None:
        """The ticket of a new ticket's or a follow-up's webhook."""
        del headers  # they say nothing of it
        told = json_object(body)
        number, follow_up = at(told, "ticket.id"), told.get("followup_id")
        event = "new_ticket" if follow_up is None else "follow_up"
        return delivery_of(
            self.name,
            ticket_id=number,
            delivery_id=f"{event}:{number}:{follow_up or 0}",
            event=event,
        )

    def _write(self, ticket_id: str, text: str, *, public: bool) -> Written:
        if said_already((_message(one) for one in self._followed(self._told(ticket_id))), text):
            return Written(ticket_id=ticket_id, public=public)
        # A title would become the ticket's own.
        body = {"ticket": int(ticket_id), "comment": text, "public": public}
        answer = self._asking.send("POST", "/api/followups/", body)
        return Written(ticket_id=ticket_id, id=str(at(answer, "id") or ""), public=public)

    def _told(self, ticket_id: str) -> Mapping[str, Any]:
        if not _ID.fullmatch(ticket_id):
            raise BadInput("is no ticket's number", where="ticket_id")
        return row(self.name, self._asking.get(f"/api/tickets/{ticket_id}/"))

    def _followed(self, told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """Follow-ups with words, oldest first; the others tell that something was changed."""
        found = rows(self.name, told.get("followup_set") or [])
        with_words = (one for one in found if str(one.get("comment") or "").strip())
        return sorted(with_words, key=lambda one: int(one.get("id") or 0))


def _messages(told: Mapping[str, Any], followed: list[Mapping[str, Any]]) -> list[Message]:
    """The description, then what followed; a ticket by mail has its first words in both."""
    first = Message(author="customer", text=written(str(told.get("description") or "")))
    rest = [_message(one) for one in followed]
    if rest and rest[0].text == first.text:
        first = first.model_copy(update={"sent_at": rest[0].sent_at})
        rest = rest[1:]
    return [first, *rest]


def _message(told: Mapping[str, Any]) -> Message:
    """A follow-up that no user wrote came by mail or over the public page: from the customer."""
    by_customer = not told.get("user")
    return Message(
        author="customer" if by_customer else "agent",
        text=said(str(told.get("comment") or ""), by_customer=by_customer),
        sent_at=instant(told.get("date")),
        public=bool(told.get("public", True)),
    )
