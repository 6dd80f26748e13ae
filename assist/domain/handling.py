"""What handling a case costs, as far as somebody says so."""

from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from assist.domain.base import Currency, Model


class HandlingSettings(Model):
    """What a reply takes, and what an hour of it costs."""

    minutes_per_reply: float | None = Field(
        None,
        description="Minutes that an agent spends on a reply, by which handling is estimated. "
        "Unset: handling is counted in replies.",
        gt=0,
        le=1_000,
        examples=["6"],
    )
    hourly_rate: Decimal | None = Field(
        None,
        description="What an hour of an agent costs. Needs its currency.",
        gt=0,
        examples=["28.50"],
    )
    currency: Currency | None = Field(None, description="Of the hourly rate.", examples=["USD"])

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.hourly_rate is None) != (self.currency is None):
            raise ValueError("hourly_rate and currency are set together")
        return self
