"""What can be known, as the company declares it in `facts.yaml`."""

from typing import Literal

from pydantic import Field

from assist.domain.base import Model

FactType = Literal["text", "integer", "number", "money", "date", "boolean", "choice"]

FactSource = Literal["customer", "records", "agent", "colleague"]
"""Who supplies a fact; a `colleague` by answering a consultation."""


class GrantCount(Model):
    """How often a customer was granted an action in the last `days` days."""

    action: str
    days: int = Field(gt=0, le=3660)


class FactDeclaration(Model):
    """A typed thing that may be known: its path, its type, and the question that asks for it."""

    path: str
    type: FactType
    unit: str | None = None
    choices: tuple[str, ...] = ()
    label: str = ""
    question: str = ""
    source: FactSource = "customer"
    account: bool = False
    """True: comes from the customer's account, told only after `identity_verified`."""
    counts: GrantCount | None = None
    """Of an integer: what the ledger of grants counts, where that is more than what is told."""
    signal: str | None = None
    """The signal in `sla.yaml` whose presence in the ticket makes this boolean fact true."""
