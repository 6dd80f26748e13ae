"""One case as trends count it: when it came, how it went, what it took. Nobody's name but ids."""

from datetime import datetime

from pydantic import Field

from assist.domain.base import Model, Money
from assist.domain.case_event import CaseStatus


class Hours(Model):
    """How long something took. `business` hours where a calendar is known, else none."""

    wall: float = Field(ge=0)
    business: float | None = None


class Conceded(Model):
    """What the customer was granted, and the clauses that allowed it."""

    action: str
    amount: Money | None = None
    clauses: tuple[str, ...] = ()


class Promised(Model):
    """What the customer was promised; `due` is none where no time was named or found.

    `settled_at`: when somebody said how it ended.
    """

    text: str
    made_at: datetime
    due: datetime | None = None
    settled_at: datetime | None = None


class Praised(Model):
    """A sentence that praises, redacted. `by` are those whose replies it came after."""

    words: str
    at: datetime | None = None
    by: tuple[str, ...] = ()


class SeenCase(Model):
    """All that is counted of a case. Times have a zone; texts are redacted.

    `came_at` is when the ticket was written; where it does not say (`dated` is false), when it came
    in here. `decided` suggestions are those that an agent sent, changed or set aside; `set_aside`
    of them were rejected, rewritten by half or answered with another candidate. `came_back`: it was
    not solved when it was thought to be, or did not hold. `clauses` are those that the chosen
    solution rests on; where none was chosen, those that stood against what was asked.
    """

    case_id: str
    ticket_id: str
    customer_id: str | None = None
    came_at: datetime
    dated: bool
    status: CaseStatus
    category: str | None = None
    product: str | None = None
    statement: str = ""
    """The main issue in the customer's own words, cut to a few lines."""
    first_answer: Hours | None = None
    """None where nobody has answered, or nobody knows since when the customer waited."""
    resolution: Hours | None = None
    ended: bool = False
    """Whether its outcome is known: solved, or not after all."""
    came_back: bool = False
    rating: int | None = None
    escalated: bool = False
    decided: int = 0
    set_aside: int = 0
    replies: int = 0
    clauses: tuple[str, ...] = ()
    approval_clauses: tuple[str, ...] = ()
    """Clauses because of which somebody was asked."""
    refused_clauses: tuple[str, ...] = ()
    """Clauses of what was asked for and refused."""
    deviated_clauses: tuple[str, ...] = ()
    """Clauses of suggestions that the agent set aside."""
    conceded: tuple[Conceded, ...] = ()
    first_sent_at: datetime | None = None
    wrote_at: tuple[datetime, ...] = ()
    """Each time that the customer wrote, as far as messages have times."""
    promises: tuple[Promised, ...] = ()
    praise: tuple[Praised, ...] = ()

    @property
    def main_clause(self) -> str:
        """The clause that made most trouble, else the first that it rests on; empty without any."""
        told = (*self.approval_clauses, *self.deviated_clauses, *self.clauses)
        return told[0] if told else ""
