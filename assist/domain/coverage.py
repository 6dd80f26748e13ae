"""Coverage: whether what we have answers what a customer asks, and what is missing where not."""

from typing import Literal

from pydantic import Field

from assist.domain.base import Model, Unit

CoverageState = Literal["covered", "partly", "not"]


class Sign(Model):
    """One thing that speaks for or against being covered: its value, and in words what it saw."""

    name: str
    value: float
    says: str = ""


class Covered(Model):
    """One text, judged: `value` is the probability that a reader finds the answer in what is found.

    `closeness` is how near it comes on the scale of cosines, not squeezed between 0 and 1: it tells
    texts apart that are all well covered. `document_id` and `passage_id` name the passage that
    comes nearest, where any was found; `missing` the words of the text, rarest first, that no
    passage found holds.
    """

    value: Unit
    state: CoverageState
    closeness: float = 0.0
    document_id: str = ""
    passage_id: str = ""
    missing: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()


class IssueCoverage(Model):
    """One issue of a ticket, in the customer's words."""

    text: str
    covered: Covered


class TicketCoverage(Model):
    """A ticket is as well covered as the worst of its issues."""

    ticket_id: str
    issues: tuple[IssueCoverage, ...] = Field(min_length=1)

    @property
    def worst(self) -> Covered:
        """The issue that is covered least."""
        return min((issue.covered for issue in self.issues), key=lambda one: one.value)


class NotJudged(Model):
    """A ticket that nothing can be said of, and why: in a language that the model does not read."""

    ticket_id: str
    reason: str
