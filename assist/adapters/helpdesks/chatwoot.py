"""Chatwoot: a conversation is a ticket. Its API, version 1, with an agent's or a bot's token.

Chatwoot has no drafts over its API: a draft is a private note that says so.
"""

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
from assist.errors import BadInput

AUTHORS = {0: "customer", 1: "agent", 2: "system", 3: "agent"}
"""By `message_type`: incoming, outgoing, activity, template."""
INCOMING = {"incoming", 0}
PAGES = 20
"""Of messages, about twenty each: what a conversation's latest 400 do not say is not read."""
DRAFT = "Suggested reply (check before sending):"


class Chatwoot:
    """One account of a Chatwoot."""

    signature = signatures.CHATWOOT

    def __init__(self, name: str, settings: HelpdeskSettings) -> None:
        self.name = name
        self._secrets = settings.secrets
        self._asking = Asking(
            name,
            f"{settings.url.rstrip('/')}/api/v1/accounts/{settings.account}",
            headers={"api_access_token": settings.token.get_secret_value()},
            seconds=settings.seconds,
        )

    def ticket(self, ticket_id: str) -> Ticket:
        """The conversation as it stands there now."""
        told = row(self.name, self._asking.get(_path(ticket_id)))
        messages = self._messages(ticket_id)
        latest = max((m["at"] for m in messages if m["at"]), default=None)
        changed = max(filter(None, (instant(told.get("updated_at")), latest)), default=None)
        sender = at(told, "meta.sender") or {}
        fields = {
            "id": ticket_id,
            "subject": at(told, "additional_attributes.mail_subject"),
            "channel": _channel(at(told, "meta.channel")),
            "created_at": instant(told.get("created_at")),
            "customer": _customer(sender),
            "messages": [m["message"] for m in messages],
            "attachments": [found for m in messages for found in m["attachments"]],
            "tags": tuple(str(one) for one in told.get("labels") or ()),
        }
        return ticket_of(self.name, fields, changed)

    def tickets(self, most: int) -> tuple[TicketSummary, ...]:
        """The conversations changed last; Chatwoot lists twenty-five a page."""
        answer = self._asking.get("/conversations", status="all", sort_by="last_activity_at_desc")
        listed = rows(self.name, at(answer, "data.payload"))
        return tuple(
            TicketSummary(
                id=str(one.get("id", "")),
                subject=str(at(one, "additional_attributes.mail_subject") or ""),
                state=str(one.get("status") or ""),
                updated_at=instant(one.get("last_activity_at")),
            )
            for one in listed[:most]
        )

    def note(self, ticket_id: str, text: str) -> Written:
        """A private note."""
        return self._write(ticket_id, text, private=True)

    def reply(self, ticket_id: str, text: str) -> Written:
        """An outgoing message."""
        return self._write(ticket_id, text, private=False)

    def draft(self, ticket_id: str, text: str) -> Written:
        """A private note with the reply in it."""
        return self.note(ticket_id, f"{DRAFT}\n\n{text}")

    def tag(self, ticket_id: str, tags: tuple[str, ...]) -> None:
        """Add labels: Chatwoot sets them all at once, so those it has are sent again."""
        path = f"{_path(ticket_id)}/labels"
        has = [str(one) for one in at(self._asking.get(path), "payload") or ()]
        self._asking.send("POST", path, {"labels": list(dict.fromkeys([*has, *tags]))})

    def check(self, headers: Mapping[str, str], body: bytes, address: str, now: datetime) -> None:
        """Whether a webhook is its own. Raises `Unauthenticated`, `Stale`."""
        signatures.check_sent(
            self.signature, self._secrets, headers, body, address=address, now=now
        )

    def delivery(self, headers: Mapping[str, str], body: bytes) -> Delivery | None:
        """A customer's message or a new conversation; of the rest nothing is to be done."""
        told = json_object(body)
        event = str(told.get("event") or "")
        if event == "message_created":
            if told.get("message_type") not in INCOMING or told.get("private"):
                return None
            number = at(told, "conversation.id")
        elif event in {"conversation_created", "conversation_updated"}:
            number = told.get("id")
        else:
            return None
        sent = {name.lower(): value for name, value in headers.items()}
        fallback = f"{event}:{number}:{told.get('id')}:{told.get('updated_at', '')}"
        delivery_id = sent.get(self.signature.delivery_header.lower()) or fallback
        return delivery_of(self.name, ticket_id=number, delivery_id=str(delivery_id), event=event)

    def _write(self, ticket_id: str, text: str, *, private: bool) -> Written:
        if said_already((m["message"] for m in self._messages(ticket_id)), text):
            return Written(ticket_id=ticket_id, public=not private)
        body = {"content": text, "message_type": "outgoing", "private": private}
        answer = self._asking.send("POST", f"{_path(ticket_id)}/messages", body)
        return Written(ticket_id=ticket_id, id=str(at(answer, "id") or ""), public=not private)

    def _messages(self, ticket_id: str) -> list[dict[str, Any]]:
        """The latest, in order; a page ends before the first of the one read before."""
        found: dict[int, Mapping[str, Any]] = {}
        before: dict[str, int] = {}
        for _ in range(PAGES):
            answer = self._asking.get(f"{_path(ticket_id)}/messages", **before)
            page = {int(m["id"]): m for m in rows(self.name, at(answer, "payload")) if "id" in m}
            new = page.keys() - found.keys()
            if not new:
                break
            found |= page
            before = {"before": min(new)}
        return [_message(found[number]) for number in sorted(found)]


def _message(told: Mapping[str, Any]) -> dict[str, Any]:
    mail = at(told, "content_attributes.email.text_content.full")
    html = at(told, "content_attributes.email.html_content.full")
    when = instant(told.get("created_at"))
    author = AUTHORS.get(told.get("message_type", 2), "system")
    by_customer = author == "customer"
    text = (
        said(html, by_customer=by_customer, html=True)
        if html and not mail
        else said(str(mail or told.get("content") or ""), by_customer=by_customer)
    )
    message = Message.model_validate(
        {"author": author, "text": text, "sent_at": when, "public": not told.get("private")}
    )
    files = [
        attachment(
            one.get("data_url", "").rsplit("/", 1)[-1], one.get("file_type"), one.get("file_size")
        )
        for one in told.get("attachments") or ()
    ]
    return {"message": message, "at": when, "attachments": files}


def _customer(sender: Mapping[str, Any]) -> dict[str, Any]:
    known = {
        "id": sender.get("identifier") or (str(sender["id"]) if sender.get("id") else None),
        "name": sender.get("name"),
        "email": sender.get("email"),
        "phone": sender.get("phone_number"),
    }
    return {key: value for key, value in known.items() if value}


def _channel(said: Any) -> str | None:
    return str(said).removeprefix("Channel::").lower() if said else None


def _path(ticket_id: str) -> str:
    if not ticket_id.isdecimal():
        raise BadInput("is no conversation's number", where="ticket_id")
    return f"/conversations/{ticket_id}"
