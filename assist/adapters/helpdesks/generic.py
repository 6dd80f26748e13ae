"""Any helpdesk with JSON over HTTP: where things stand is configured. Zammad's is the default."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from assist.adapters.helpdesks import signatures
from assist.adapters.helpdesks.asking import Asking, at
from assist.adapters.helpdesks.mail_text import said
from assist.adapters.helpdesks.reading import (
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
from assist.errors import BadInput, TicketMoved

DRAFT = "Suggested reply (check before sending):"
_ID = re.compile(r"[\w.:-]{1,200}")


class Generic:
    """One helpdesk, as its mapping says."""

    def __init__(self, name: str, settings: HelpdeskSettings) -> None:
        self.name = name
        self._secrets = settings.secrets
        self.signature = settings.signature or signatures.ZAMMAD
        self._map = settings.mapping
        token = settings.token.get_secret_value()
        said = self._map.authorization.replace("{token}", token) if token else ""
        self._asking = Asking(
            name,
            settings.url,
            headers={"Authorization": said} if said else {},
            seconds=settings.seconds,
        )

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it stands there now."""
        told = row(self.name, self._asking.get(self._path(self._map.ticket, ticket_id)))
        if self._map.merged and (into := at(told, self._map.merged)):
            raise TicketMoved(
                f"{self.name} merged the ticket into {into}", cure=f"look at {into}", to=str(into)
            )
        fields: dict[str, Any] = {"customer": {}}
        for field, path in self._map.fields.items():
            value = at(told, path)
            if value in (None, "") or field == "updated_at":
                continue
            holder, _, name = field.rpartition(".")
            place = fields["customer"] if holder == "customer" else fields
            place[name] = str(value) if not isinstance(value, list) else value
        fields |= {"id": ticket_id, "messages": self._messages(ticket_id, told)}
        changed = instant(at(told, self._map.fields.get("updated_at", "updated_at")))
        return ticket_of(self.name, fields, changed)

    def tickets(self, most: int) -> tuple[TicketSummary, ...]:
        """The tickets changed last, in the order that it lists them."""
        fields = self._map.fields
        listed = rows(self.name, self._asking.get(self._map.listed.replace("{most}", str(most))))
        return tuple(
            TicketSummary(
                id=str(at(one, fields.get("id", "id")) or ""),
                subject=str(at(one, fields.get("subject", "title")) or ""),
                updated_at=instant(at(one, fields.get("updated_at", "updated_at"))),
            )
            for one in listed[:most]
        )

    def note(self, ticket_id: str, text: str) -> Written:
        """As `mapping.note` says."""
        return self._write(ticket_id, text, self._map.note, public=False)

    def reply(self, ticket_id: str, text: str) -> Written:
        """As `mapping.reply` says."""
        return self._write(ticket_id, text, self._map.reply, public=True)

    def draft(self, ticket_id: str, text: str) -> Written:
        """A note with the reply in it."""
        return self.note(ticket_id, f"{DRAFT}\n\n{text}")

    def tag(self, ticket_id: str, tags: tuple[str, ...]) -> None:
        """One after the other, where the mapping says how."""
        for tag in tags if self._map.tag else ():
            path = self._path(self._map.tag, ticket_id).replace("{tag}", quote(tag, safe=""))
            self._asking.send("POST", path, {})

    def check(self, headers: Mapping[str, str], body: bytes, address: str, now: datetime) -> None:
        """Whether a webhook is its own. Raises `Unauthenticated`, `Stale`."""
        signatures.check_sent(
            self.signature, self._secrets, headers, body, address=address, now=now
        )

    def delivery(self, headers: Mapping[str, str], body: bytes) -> Delivery | None:
        """The ticket at `mapping.hook_ticket`."""
        told = json_object(body)
        number = at(told, self._map.hook_ticket)
        sent = {name.lower(): value for name, value in headers.items()}
        header = self.signature.delivery_header.lower()
        given = sent.get(header, "") if header else ""
        return delivery_of(
            self.name, ticket_id=number, delivery_id=given or f"{number}:{_revision(told)}"
        )

    def _write(
        self, ticket_id: str, text: str, form: Mapping[str, str | bool], *, public: bool
    ) -> Written:
        told = row(self.name, self._asking.get(self._path(self._map.ticket, ticket_id)))
        if said_already(self._messages(ticket_id, told), text):
            return Written(ticket_id=ticket_id, public=public)
        body = {
            key: value.replace("{id}", ticket_id).replace("{text}", text)
            if isinstance(value, str)
            else value
            for key, value in form.items()
        }
        answer = self._asking.send("POST", self._path(self._map.write, ticket_id), body)
        return Written(ticket_id=ticket_id, id=str(at(answer, "id") or ""), public=public)

    def _messages(self, ticket_id: str, told: Mapping[str, Any]) -> list[Message]:
        answer = (
            self._asking.get(self._path(self._map.messages, ticket_id))
            if self._map.messages
            else at(told, self._map.messages_at)
        )
        return [self._message(one) for one in rows(self.name, answer)]

    def _message(self, told: Mapping[str, Any]) -> Message:
        paths = self._map.message
        html = "html" in str(at(told, paths.html) if paths.html else told.get("content_type", ""))
        by_customer = at(told, paths.author) in paths.customers
        return Message(
            author="customer" if by_customer else "agent",
            text=said(str(at(told, paths.text) or ""), by_customer=by_customer, html=html),
            sent_at=instant(at(told, paths.at)),
            public=not at(told, paths.internal),
        )

    def _path(self, template: str, ticket_id: str) -> str:
        if not _ID.fullmatch(ticket_id):
            raise BadInput("is no ticket's id", where="ticket_id")
        return template.replace("{id}", quote(ticket_id, safe=""))


def _revision(told: Mapping[str, Any]) -> str:
    """What tells two deliveries about one ticket apart where they have no id."""
    said = at(told, "article.id") or at(told, "ticket.updated_at") or told.get("updated_at")
    return str(said or "")
