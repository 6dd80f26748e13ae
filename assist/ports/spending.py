"""Keeps what a workspace spends on language models, for all processes together."""

from datetime import datetime
from decimal import Decimal
from typing import Protocol

from assist.domain.spending import MonthSpent


class SpendingStore(Protocol):
    """Money by month. What is held and spent never goes beyond the budget it was held under."""

    def hold(self, amount: Decimal, budget: Decimal, at: datetime) -> str | None:
        """Set money aside for one call; its id, or none where that would go beyond the budget."""
        ...

    def settle(self, hold_id: str, cost: Decimal) -> None:
        """What the call took in the end, in place of what was set aside. Twice is once."""
        ...

    def spent(self, at: datetime) -> MonthSpent:
        """How it stands in the month of this time."""
        ...
