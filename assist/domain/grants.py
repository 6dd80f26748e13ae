"""What was granted to customers: the ledger that cumulative caps count."""

from datetime import datetime

from pydantic import Field

from assist.domain.base import Model, Money
from assist.domain.solution import Parameter
from assist.domain.verdict import Level


class Granted(Model):
    """One action granted to one customer.

    `amount` is what caps count, none where the action has no amount. `level` is that of `by`, who
    granted it; `policy_version` the version set it was judged by. A grant that was taken back
    (`voided_at`) counts for nothing.
    """

    id: str = Field(min_length=1, max_length=200)
    customer_id: str = Field(min_length=1, max_length=200)
    ticket_id: str = ""
    suggestion_id: str = ""
    action: str
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    amount: Money | None = None
    level: Level
    by: str
    at: datetime
    clauses: tuple[str, ...] = ()
    policy_version: str = ""
    voided_at: datetime | None = None
    voided_by: str = ""
    void_reason: str = ""

    @property
    def counts(self) -> bool:
        """Whether caps count it."""
        return self.voided_at is None
