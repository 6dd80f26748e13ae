"""The fake of `SpendingStore`: a dict."""

from datetime import date, datetime
from decimal import Decimal

from assist.adapters.postgres.spending import FORGOTTEN
from assist.domain.spending import MonthSpent, month_of


class InMemorySpending:
    """`SpendingStore` in dicts."""

    def __init__(self) -> None:
        self._spent: dict[date, Decimal] = {}
        self._holds: dict[str, tuple[date, Decimal, datetime]] = {}

    def hold(self, amount: Decimal, budget: Decimal, at: datetime) -> str | None:
        self._holds = {k: h for k, h in self._holds.items() if h[2] >= at - FORGOTTEN}
        stands = self.spent(at)
        if stands.spent + stands.held + amount > budget:
            return None
        hold_id = f"h-{len(self._holds)}-{at.isoformat()}-{id(object())}"
        self._holds[hold_id] = (month_of(at), amount, at)
        return hold_id

    def settle(self, hold_id: str, cost: Decimal) -> None:
        if hold_id in self._holds:
            month, _, _ = self._holds.pop(hold_id)
            self._spent[month] = self._spent.get(month, Decimal(0)) + cost

    def spent(self, at: datetime) -> MonthSpent:
        month = month_of(at)
        held = sum((h[1] for h in self._holds.values() if h[0] == month), Decimal(0))
        return MonthSpent(month=month, spent=self._spent.get(month, Decimal(0)), held=held)
