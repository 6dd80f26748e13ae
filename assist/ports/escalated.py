"""Keeps escalations that were handed over."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from assist.domain.escalated import Escalated, EscalatedState


class EscalatedStore(Protocol):
    """The cases that were handed over, for one workspace."""

    def add(self, escalated: Escalated) -> None:
        """Keep a new one; what is there under its id stays as it is."""
        ...

    def get(self, escalation_id: str) -> Escalated:
        """Raises `NotFound`."""
        ...

    def change(self, before: Escalated, after: Escalated) -> bool:
        """Keep `after` where it still stands as `before`; whether it did."""
        ...

    def of_ticket(self, ticket_id: str) -> tuple[Escalated, ...]:
        """All of a ticket's case, oldest first."""
        ...

    def listed(
        self, states: Sequence[EscalatedState], team: str | None, limit: int
    ) -> tuple[Escalated, ...]:
        """Those in one of these states, of one team or of any.

        What waits comes first, and of that what has been due for longest.
        """
        ...

    def due(self, at: datetime, limit: int) -> tuple[Escalated, ...]:
        """Those that nobody has answered by their deadline, which is at or before `at`."""
        ...
