"""Keeps errands to helpdesks until they are done."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from assist.domain.errands import Errand, ErrandState, HelpdeskStanding


class ErrandStore(Protocol):
    """The errands of one workspace."""

    def add(self, errand: Errand, at: datetime) -> bool:
        """Keep a new one with its timer for `at`; false where it was told before.

        Told before is the same id, or the same signed bytes of that helpdesk. Raises `BadInput` for
        what cannot be stored.
        """
        ...

    def get(self, errand_id: str) -> Errand:
        """Raises `NotFound`."""
        ...

    def change(self, errand: Errand) -> None:
        """Keep how it stands now, where it still waits."""
        ...

    def waiting(self, helpdesk: str, ticket_id: str) -> tuple[Errand, ...]:
        """What is still to be fetched of one ticket, the oldest first."""
        ...

    def untried(self, before: datetime, limit: int) -> tuple[str, ...]:
        """Ids of those that wait and that nobody has tried since then, the oldest first."""
        ...

    def listed(self, states: Sequence[ErrandState], limit: int) -> tuple[Errand, ...]:
        """Those in one of these states, the newest first."""
        ...

    def standings(self) -> tuple[HelpdeskStanding, ...]:
        """How it goes with each helpdesk that was heard of."""
        ...

    def prune(self, before: datetime) -> int:
        """Delete what ended and was made before then; how many it was."""
        ...
