"""What every domain type shares: frozen, strict about unknown fields, JSON-serializable."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """A value of the domain. Frozen; an unknown field is an error; sequences are tuples."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


Unit = Annotated[float, Field(ge=0.0, le=1.0)]
"""A number between 0 and 1."""

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""An ISO 4217 currency code."""


class Money(Model):
    """An amount in one currency. Never a float: `amount` is an exact decimal."""

    amount: Decimal
    currency: Currency

    def __str__(self) -> str:
        return f"{self.amount:.2f} {self.currency}"
