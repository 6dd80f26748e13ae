"""What can be known, as the company declares it in `facts.yaml`."""

import functools
from typing import Any, Literal, Self

import re2
from pydantic import Field, model_validator

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
    pattern: str | None = Field(default=None, min_length=1, max_length=200)
    """Of a text: what it looks like wherever a ticket holds it, in RE2's syntax: `FW-[0-9]{5}`."""
    signal: str | None = None
    """The signal in `sla.yaml` whose presence in the ticket makes this boolean fact true."""

    @model_validator(mode="after")
    def _pattern_of_a_text(self) -> Self:
        if self.pattern is None:
            return self
        if self.type != "text":
            raise ValueError(f"a pattern is for the type text, not {self.type}")
        try:
            compiled(self.pattern)
        except re2.error as error:
            raise ValueError(f"the pattern {self.pattern!r} is not one of RE2") from error
        return self


@functools.lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:
    """A declared pattern as it is looked for: whole words, in upper or lower case.

    By RE2, whose time is linear in the text whatever a company declares. Raises `re2.error`.
    """
    quiet = re2.Options()
    quiet.log_errors = False
    return re2.compile(rf"(?i)\b(?:{pattern})\b", quiet)
