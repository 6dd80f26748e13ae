"""Keeps what was granted to customers."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from assist.domain.grants import Granted


class Booking(Protocol):
    """One customer's grants, and nobody else books for that customer in the meantime."""

    def granted(self, since: datetime) -> tuple[Granted, ...]:
        """All grants at or after `since`, oldest first, those taken back among them."""
        ...

    def find(self, grant_id: str) -> Granted | None:
        """The grant of this id, whosever it is, or none."""
        ...

    def add(self, granted: Granted) -> None:
        """Keep one more of this customer; the same again changes nothing.

        Raises `AlreadyDone` where its id is another grant.
        """
        ...

    def void(self, grant_id: str, *, at: datetime, by: str, reason: str) -> Granted:
        """Take one of this customer's back; one taken back before stays as it is.

        Raises `NotFound`.
        """
        ...


class GrantStore(Protocol):
    """The ledger of grants, for one workspace."""

    def get(self, grant_id: str) -> Granted:
        """Raises `NotFound`."""
        ...

    def of_customer(self, customer_id: str, since: datetime) -> tuple[Granted, ...]:
        """All grants of a customer at or after `since`, oldest first."""
        ...

    def booking(self, customer_id: str) -> AbstractContextManager[Booking]:
        """Alone with this customer's grants until the block ends; on an error nothing is kept."""
        ...
