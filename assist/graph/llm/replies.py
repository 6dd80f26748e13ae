"""What a model may say, a type per prompt: no verdict, no score of record, no authority.

A model's reply is read leniently where nothing hangs on it: a field that was not asked for is
passed over. What hangs on it is checked by whoever uses it.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assist.domain.base import Unit

Short = Annotated[str, Field(max_length=400)]
Mark = Annotated[str, Field(max_length=40)]


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class StatedFact(_Reply):
    """A value that the customer states, and the words that state it."""

    path: Mark
    value: Short
    quote: Short


class UnderstoodIssue(_Reply):
    """One issue, said again."""

    id: Mark
    statement: Short
    goal: Short = ""
    facts: tuple[StatedFact, ...] = Field(default=(), max_length=20)


class Understood(_Reply):
    """The reply to `understand`."""

    issues: tuple[UnderstoodIssue, ...] = Field(max_length=20)


class ProposedStep(_Reply):
    """One step, and the marks of the passages that say so."""

    text: Short
    cites: tuple[Mark, ...] = Field(default=(), max_length=5)


class Proposed(_Reply):
    """One solution."""

    title: Short
    steps: tuple[ProposedStep, ...] = Field(max_length=12)


class Proposals(_Reply):
    """The reply to `propose`."""

    candidates: tuple[Proposed, ...] = Field(max_length=5)


class Opinion(_Reply):
    """How much one solution would help, and why."""

    id: Mark
    value: Unit
    reason: Short


class Opinions(_Reply):
    """The reply to `evaluate`."""

    opinions: tuple[Opinion, ...] = Field(max_length=20)
