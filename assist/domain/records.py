"""What is on record about a customer: account, orders, earlier tickets."""

from datetime import datetime

from pydantic import Field, JsonValue

from assist.domain.base import Model


class EarlierTicket(Model):
    """A ticket of the same customer that came before."""

    id: str
    created_at: datetime
    subject: str
    category: str | None = None
    solved: bool = True


class CustomerRecord(Model):
    """What is on record about one customer.

    `facts` are values for declared fact paths; `orders` maps an order's number to its facts.
    """

    id: str
    emails: tuple[str, ...] = ()
    name: str | None = None
    tier: str | None = None
    region: str | None = None
    preferred_channel: str | None = None
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    orders: dict[str, dict[str, JsonValue]] = Field(default_factory=dict)
    tickets: tuple[EarlierTicket, ...] = ()
