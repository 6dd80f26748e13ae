"""Money spent on language models in a month, by the prices that are set."""

from datetime import date, datetime
from decimal import Decimal

from assist.domain.base import Model


class MonthSpent(Model):
    """One month of one workspace. `held` is set aside for calls that have not ended."""

    month: date
    spent: Decimal = Decimal(0)
    held: Decimal = Decimal(0)
    budget: Decimal | None = None

    @property
    def left(self) -> Decimal | None:
        """What may still be spent; none where there is no end."""
        if self.budget is None:
            return None
        return max(Decimal(0), self.budget - self.spent - self.held)


def month_of(at: datetime) -> date:
    """The month that a time counts to, in UTC, where clocks are not put back."""
    return at.date().replace(day=1)
