"""What the helpdesk sent: a ticket, its messages and the customer."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, Self

from pydantic import Field, JsonValue, StrictStr, model_validator

from assist.domain.base import Model

_UNUSABLE = re.compile("[\x00\ud800-\udfff]")
MAX_TICKET_CHARACTERS = 200_000
"""A 10 000-word ticket is about 60 000 characters; three times that is no request."""

MAX_REVISION = 2**31 - 1
"""What every store can hold; seconds since 1970, as some helpdesks count, fit until 2038."""

MAX_DEPTH = 50
"""Nesting of facts and metadata: deeper is no helpdesk's, and would exhaust whoever walks it."""


def _printable(value: Any, depth: int = 0) -> Any:
    """Without NUL and lone surrogates, which no store and no encoder takes."""
    if depth > MAX_DEPTH:
        raise ValueError(f"nested deeper than {MAX_DEPTH} levels; send a flat ticket")
    if isinstance(value, str):
        return _UNUSABLE.sub("", value)
    if isinstance(value, Mapping):
        return {_printable(key): _printable(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item, depth + 1) for item in value]
    return value


class Message(Model):
    """One message of a ticket. Only public customer messages carry what the customer asks."""

    author: Literal["customer", "agent", "system"] = "customer"
    text: StrictStr
    sent_at: datetime | None = None
    public: bool = True


class Customer(Model):
    """Who wrote. Everything is optional; `identity_verified` gates account facts in replies."""

    id: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    tier: str | None = None
    locale: str | None = None
    region: str | None = None
    preferred_channel: str | None = None
    identity_verified: bool = False


class Attachment(Model):
    """A file that came with the ticket; `text` is what could be read of it, `size` in bytes."""

    name: str
    type: str | None = None
    size: int | None = Field(default=None, ge=0)
    text: str | None = None


class Ticket(Model):
    """What the helpdesk sent, at one revision.

    A bare `{"id", "text"}` is a one-message ticket. Without an `id` one is derived from the
    content, so the same text is the same ticket. `facts` holds values for paths declared in
    `facts.yaml`, dotted or nested. `metadata` is kept and never interpreted.
    """

    id: str = ""
    revision: int = Field(default=1, ge=0, le=MAX_REVISION)
    subject: str | None = None
    channel: str | None = None
    created_at: datetime | None = None
    customer: Customer = Customer()
    messages: tuple[Message, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    product: str | None = None
    tags: tuple[str, ...] = ()
    metadata: dict[str, JsonValue] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _one_message_ticket(cls, data: Any) -> Any:
        """Read the short form `{"id", "text"}`; drop characters that no text can hold."""
        data = _printable(data)
        if isinstance(data, dict) and "text" in data and "messages" not in data:
            rest = {key: value for key, value in data.items() if key != "text"}
            return {**rest, "messages": [{"author": "customer", "text": data["text"]}]}
        return data

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        texts = [message.text for message in self.messages]
        asked = [message.text for message in self.asked]
        if not any(text.strip() for text in (*asked, self.subject or "")):
            raise ValueError(
                "messages: the ticket is empty; give at least one public message of the customer "
                "with text, or a subject"
            )
        attached = [attachment.text or "" for attachment in self.attachments]
        if (size := sum(map(len, (*texts, *attached, self.subject or "")))) > MAX_TICKET_CHARACTERS:
            raise ValueError(
                f"messages: {size} characters of text, at most {MAX_TICKET_CHARACTERS}; "
                "send long material as an attachment without text"
            )
        if not self.id:
            digest = hashlib.sha256("\x00".join((self.subject or "", *texts)).encode()).hexdigest()
            object.__setattr__(self, "id", f"ticket-{digest[:12]}")
        return self

    @property
    def asked(self) -> tuple[Message, ...]:
        """The customer's public messages, oldest first: what the reply has to answer."""
        return tuple(m for m in self.messages if m.author == "customer" and m.public)
