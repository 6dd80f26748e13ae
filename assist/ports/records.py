"""Knows customers."""

from typing import Protocol

from assist.domain.records import CustomerRecord


class Records(Protocol):
    """Customers, accounts, orders, earlier tickets."""

    def find(self, *, customer_id: str | None, email: str | None) -> CustomerRecord | None:
        """The customer's record, or none. Raises `Unavailable` when the system does not answer."""
        ...
