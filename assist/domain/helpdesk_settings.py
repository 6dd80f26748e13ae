"""How a helpdesk is reached: what whoever runs the service sets, one entry per helpdesk."""

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator

from assist.domain.base import Model
from assist.domain.helpdesks import HelpdeskKind, SignatureScheme

NAME = r"^[a-z][a-z0-9_-]{0,30}$"
"""What a helpdesk may be called here: its tickets' ids begin with it."""


class MessagePaths(Model):
    """Where the parts of one message stand in a helpdesk's JSON, as dotted paths."""

    text: str = "body"
    html: str = ""
    """Where the type of the text stands (`text/html`), if that differs from message to message."""
    author: str = "sender"
    customers: tuple[str, ...] = ("Customer", "customer", "end-user")
    """Values of `author` that mean the customer; all others are agents."""
    at: str = "created_at"
    internal: str = "internal"


class HelpdeskMapping(Model):
    """Where things are in another helpdesk: addresses with `{id}` in them, and dotted paths.

    The defaults are those of Zammad.
    """

    ticket: str = "/api/v1/tickets/{id}"
    messages: str = "/api/v1/ticket_articles/by_ticket/{id}"
    """An address of its own, or "" where the ticket holds them at `messages_at`."""
    messages_at: str = ""
    listed: str = "/api/v1/tickets?per_page={most}&sort_by=updated_at&order_by=desc"
    write: str = "/api/v1/ticket_articles"
    note: dict[str, str | bool] = {
        "ticket_id": "{id}",
        "body": "{text}",
        "type": "note",
        "content_type": "text/plain",
        "internal": True,
    }
    """What is sent to `write`; `{id}` and `{text}` are filled in."""
    reply: dict[str, str | bool] = {
        "ticket_id": "{id}",
        "body": "{text}",
        "type": "email",
        "content_type": "text/plain",
        "internal": False,
    }
    tag: str = "/api/v1/tags/add?object=Ticket&o_id={id}&item={tag}"
    fields: dict[str, str] = {
        "id": "id",
        "subject": "title",
        "created_at": "created_at",
        "customer.id": "customer_id",
        "updated_at": "updated_at",
    }
    """Field of our ticket -> path; `customer.…` for the customer's."""
    message: MessagePaths = MessagePaths()
    merged: str = ""
    """Path of the id that a ticket was merged into."""
    hook_ticket: str = "ticket.id"
    """Path of the ticket's id in a webhook."""
    authorization: str = "Token token={token}"


class HelpdeskSettings(Model):
    """One helpdesk. `secrets` sign its webhooks: two while one is exchanged for another."""

    kind: HelpdeskKind
    url: str = Field(pattern=r"^https?://[^\s]+$")
    account: str = ""
    """Chatwoot's number of the account."""
    user: str = ""
    """Who the token is of, where the helpdesk asks for it."""
    token: SecretStr = SecretStr("")
    secrets: tuple[SecretStr, ...] = Field(default=(), max_length=2)
    write: Literal["nothing", "note", "draft"] = "draft"
    """What is written back when a suggestion is made."""
    replies: Literal["left", "sent"] = "left"
    """Whether the reply that an agent decides on here is sent from here, or left to the agent."""
    signature: SignatureScheme | None = None
    """Of a generic one; by default Zammad's."""
    mapping: HelpdeskMapping = HelpdeskMapping()
    seconds: float = Field(default=10.0, gt=0, le=60)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.kind == "chatwoot" and not self.account.isdecimal():
            raise ValueError("account: Chatwoot's number of the account is missing")
        if self.kind == "zendesk" and not self.user:
            raise ValueError("user: the e-mail address that the token is of is missing")
        return self
