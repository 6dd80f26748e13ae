"""Helpdesks: where tickets live, what they tell us of, and how what they send is signed."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from assist.domain.base import Model

HelpdeskKind = Literal["django_helpdesk", "chatwoot", "zendesk", "generic"]


class SignatureScheme(Model):
    """How a helpdesk signs a webhook: an HMAC over the raw body, with a time before it or none.

    `between` stands between time and body. Header names are compared without regard to case.
    A scheme without `header` signs nothing: its secret stands in the address instead.
    """

    header: str = ""
    algorithm: Literal["sha1", "sha256"] = "sha256"
    encoding: Literal["hex", "base64"] = "hex"
    prefix: str = ""
    """What stands before the signature in its header, as `sha256=`."""
    time_header: str = ""
    between: str = ""
    delivery_header: str = ""
    """Where the id of a delivery stands; a body that comes twice under one id is done once."""


class Delivery(Model):
    """What a webhook tells, once its signature holds: a hint which ticket to fetch, no more.

    `id` is the same however often it is sent. `at` is when it was signed, where that is said.
    """

    id: str = Field(min_length=1, max_length=200)
    helpdesk: str
    ticket_id: str = Field(min_length=1, max_length=200)
    event: str = ""
    at: datetime | None = None


class TicketSummary(Model):
    """One line of a helpdesk's list."""

    id: str
    subject: str = ""
    state: str = ""
    updated_at: datetime | None = None


class Written(Model):
    """What was written into a helpdesk: `id` is its own name of it, "" where it gives none."""

    ticket_id: str
    id: str = ""
    public: bool
