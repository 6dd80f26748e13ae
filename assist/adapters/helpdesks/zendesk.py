"""Zendesk Support: its API, version 2, with an API token.

Zendesk's API keeps no drafts: a draft is an internal note that says so. The app in an agent's
ticket puts the reply into the editor itself.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assist.adapters.helpdesks import signatures
from assist.adapters.helpdesks.asking import Asking, at
from assist.adapters.helpdesks.mail_text import said
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
from assist.domain.helpdesks import Delivery, TicketSummary, Written
from assist.domain.ticket import Message, Ticket
from assist.errors import BadInput, NotFound, TicketMoved

MERGED = "closed_by_merge"
"""The tag that Zendesk leaves on a ticket that it merged into another."""
_INTO = re.compile(r"merged into request #([0-9]+)")
PAGES = 5
"""Of a hundred comments each."""
DRAFT = "Suggested reply (check before sending):"
_ID = re.compile(r"[0-9]{1,19}")


class Zendesk:
    """One Zendesk."""

    signature = signatures.ZENDESK

    def __init__(self, name: str, settings: HelpdeskSettings) -> None:
        self.name = name
        self._secrets = settings.secrets
        self._asking = Asking(
            name,
            f"{settings.url.rstrip('/')}/api/v2",
            headers={},
            auth=(f"{settings.user}/token", settings.token.get_secret_value()),
            seconds=settings.seconds,
        )

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it stands there now."""
        told = row(self.name, at(self._asking.get(f"{_path(ticket_id)}.json"), "ticket"))
        if told.get("status") == "deleted":
            raise NotFound(f"{self.name} has deleted the ticket", cure="nothing is to be done")
        comments, people = self._comments(ticket_id)
        if MERGED in (told.get("tags") or ()):
            raise _moved(self.name, comments)
        customer = people.get(told.get("requester_id"), {})
        fields = {
            "id": ticket_id,
            "subject": told.get("subject"),
            "channel": at(told, "via.channel"),
            "created_at": instant(told.get("created_at")),
            "customer": _customer(customer),
            "messages": [_message(one, people) for one in comments],
            "attachments": [
                attachment(one.get("file_name"), one.get("content_type"), one.get("size"))
                for comment in comments
                for one in comment.get("attachments") or ()
            ],
            "tags": tuple(str(one) for one in told.get("tags") or ()),
        }
        return ticket_of(self.name, fields, instant(told.get("updated_at")))

    def tickets(self, most: int) -> tuple[TicketSummary, ...]:
        """The tickets changed last."""
        answer = self._asking.get(
            "/tickets.json", sort_by="updated_at", sort_order="desc", per_page=most
        )
        return tuple(
            TicketSummary(
                id=str(one.get("id", "")),
                subject=str(one.get("subject") or ""),
                state=str(one.get("status") or ""),
                updated_at=instant(one.get("updated_at")),
            )
            for one in rows(self.name, at(answer, "tickets"))
        )

    def note(self, ticket_id: str, text: str) -> Written:
        """An internal note."""
        return self._write(ticket_id, text, public=False)

    def reply(self, ticket_id: str, text: str) -> Written:
        """A public comment: Zendesk sends it to the requester."""
        return self._write(ticket_id, text, public=True)

    def draft(self, ticket_id: str, text: str) -> Written:
        """An internal note with the reply in it."""
        return self.note(ticket_id, f"{DRAFT}\n\n{text}")

    def tag(self, ticket_id: str, tags: tuple[str, ...]) -> None:
        """Add tags: of Zendesk's verbs, PUT keeps those that are there."""
        self._asking.send("PUT", f"{_path(ticket_id)}/tags.json", {"tags": list(tags)})

    def check(self, headers: Mapping[str, str], body: bytes, address: str, now: datetime) -> None:
        """Whether a webhook is its own. Raises `Unauthenticated`, `Stale`."""
        signatures.check_sent(
            self.signature, self._secrets, headers, body, address=address, now=now
        )

    def delivery(self, headers: Mapping[str, str], body: bytes) -> Delivery | None:
        """The ticket that an event, or a trigger's `{"ticket_id": …}`, is about."""
        told = json_object(body)
        number = at(told, "detail.id") or told.get("ticket_id")
        sent = {name.lower(): value for name, value in headers.items()}
        delivery_id = sent.get(self.signature.delivery_header.lower()) or str(told.get("id") or "")
        event = str(told.get("type") or told.get("event") or "")
        return delivery_of(
            self.name,
            ticket_id=number,
            delivery_id=delivery_id or f"{number}:{event}",
            event=event,
        )

    def _write(self, ticket_id: str, text: str, *, public: bool) -> Written:
        comments, people = self._comments(ticket_id)
        if said_already((_message(one, people) for one in comments), text):
            return Written(ticket_id=ticket_id, public=public)
        body = {"ticket": {"comment": {"body": text, "public": public}}}
        answer = self._asking.send("PUT", f"{_path(ticket_id)}.json", body)
        return Written(ticket_id=ticket_id, id=str(at(answer, "audit.id") or ""), public=public)

    def _comments(
        self, ticket_id: str
    ) -> tuple[list[Mapping[str, Any]], dict[Any, Mapping[str, Any]]]:
        """Comments, the oldest first, and who wrote them."""
        comments: list[Mapping[str, Any]] = []
        people: dict[Any, Mapping[str, Any]] = {}
        for page in range(1, PAGES + 1):
            answer = self._asking.get(
                f"{_path(ticket_id)}/comments.json", include="users", page=page, per_page=100
            )
            comments += rows(self.name, at(answer, "comments"))
            people |= {one.get("id"): one for one in rows(self.name, at(answer, "users") or [])}
            if not at(answer, "next_page"):
                break
        return comments, people


def _message(told: Mapping[str, Any], people: Mapping[Any, Mapping[str, Any]]) -> Message:
    role = people.get(told.get("author_id"), {}).get("role")
    html = str(told.get("html_body") or "")
    by_customer = role == "end-user"
    text = html or str(told.get("body") or "")
    return Message(
        author="customer" if by_customer else "agent",
        text=said(text, by_customer=by_customer, html=bool(html)),
        sent_at=instant(told.get("created_at")),
        public=bool(told.get("public", True)),
    )


def _customer(told: Mapping[str, Any]) -> dict[str, Any]:
    known = {
        "id": told.get("external_id") or (str(told["id"]) if told.get("id") else None),
        "name": told.get("name"),
        "email": told.get("email"),
        "phone": told.get("phone"),
        "locale": told.get("locale"),
    }
    return {key: value for key, value in known.items() if value}


def _moved(name: str, comments: list[Mapping[str, Any]]) -> TicketMoved:
    for one in reversed(comments):
        if found := _INTO.search(str(one.get("body") or "")):
            into = found[1]
            return TicketMoved(
                f"{name} merged the ticket into {into}", cure=f"look at {into}", to=into
            )
    return TicketMoved(f"{name} merged the ticket into another", cure="look there")


def _path(ticket_id: str) -> str:
    if not _ID.fullmatch(ticket_id):
        raise BadInput("is no Zendesk ticket's number", where="ticket_id")
    return f"/tickets/{ticket_id}"
