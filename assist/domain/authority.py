"""Who may grant what, as the company declares it in `authority.yaml`."""

from pydantic import Field

from assist.domain.base import Model, Money
from assist.domain.verdict import Level


class Cap(Model):
    """What one customer may be granted of an action in `days` days, by all levels together.

    `amount` caps the sum in each currency, `count` how often; either or both.
    """

    days: int = Field(gt=0, le=3660)
    amount: tuple[Money, ...] = ()
    count: int | None = Field(default=None, ge=1)


class Grant(Model):
    """What a level may grant on its own: an action up to an amount (none: no amount involved).

    `when` is a CEL condition over facts under which the level may; `cap` is what it may grant one
    customer in a period, with what others granted before; `spirit` says why it is theirs to give.
    """

    level: Level
    action: str
    limit: tuple[Money, ...] = ()
    cap: Cap | None = None
    when: str = "true"
    spirit: str = ""


class Authority(Model):
    """Levels lowest first, what each may grant, and who approves at each level."""

    levels: tuple[Level, ...] = ("agent", "senior", "lead", "manager")
    grants: tuple[Grant, ...] = ()
    approvers: dict[Level, str] = Field(default_factory=dict)
