"""A helpdesk: tickets are read there, and notes and drafts written beside them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from assist.domain.helpdesks import Delivery, SignatureScheme, TicketSummary, Written
from assist.domain.ticket import Ticket


class Helpdesk(Protocol):
    """One helpdesk under the name it has in our settings.

    All but `check` and `delivery` ask it over the network and raise `NotFound` for a ticket
    that is deleted, `TicketMoved` for one that was merged into another, `HelpdeskBusy` when it
    asks us to wait, `HelpdeskUnavailable` when it does not answer or answers nonsense.
    """

    name: str
    signature: SignatureScheme
    """How its webhooks are signed; one without a header signs nothing."""

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it stands there now, mails as text without what they quote."""
        ...

    def tickets(self, most: int) -> tuple[TicketSummary, ...]:
        """The tickets changed last, the latest first."""
        ...

    def note(self, ticket_id: str, text: str) -> Written:
        """Write something only colleagues see, unless it stands there since the customer wrote."""
        ...

    def reply(self, ticket_id: str, text: str) -> Written:
        """Send the customer a reply, unless the same one was sent since they wrote."""
        ...

    def draft(self, ticket_id: str, text: str) -> Written:
        """Put a reply where an agent may send it, or as a note where the helpdesk has no drafts."""
        ...

    def tag(self, ticket_id: str, tags: tuple[str, ...]) -> None:
        """Add tags; those the ticket has stay."""
        ...

    def check(self, headers: Mapping[str, str], body: bytes, address: str, now: datetime) -> None:
        """Return where a webhook is its own, by its signature or, where it has none, its address.

        Raises `Unauthenticated`, and `Stale` where it was signed too long ago.
        """
        ...

    def delivery(self, headers: Mapping[str, str], body: bytes) -> Delivery | None:
        """What a webhook tells; none where it is about nothing of ours. Raises `BadInput`."""
        ...
