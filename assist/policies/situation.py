"""What escalation rules look at: one frozen picture of everything found out before."""

from datetime import date, datetime

from pydantic import Field, JsonValue

from assist.domain.base import Model
from assist.domain.issue import Abstention, Fact, Priority
from assist.domain.records import EarlierTicket
from assist.domain.solution import Candidate
from assist.domain.suggestion import TicketSignal
from assist.domain.verdict import Verdict


class Situation(Model):
    """One case as the escalation rules see it.

    `text` is what the customer wrote and `signals` what was noticed in it; `verdicts` are those
    on what is chosen or, with nothing chosen, on what was asked for; `earlier` are the customer's
    tickets about the same matter; `facts` are values by declared path. `now` has a time zone; `on`
    is the date whose policies count, that of `now` where it is not given.

    What only the notice tells: what is asked (`points`), `known` facts with their source, paths
    that are `missing`, the `options` considered, and what the customer was `promised`.
    """

    text: str
    now: datetime
    on: date | None = None
    statement: str = ""
    signals: tuple[TicketSignal, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    abstention: Abstention | None = None
    earlier: tuple[EarlierTicket, ...] = ()
    tried: tuple[str, ...] = ()
    issues: int = Field(default=1, ge=0)
    priority: Priority | None = None
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    region: str | None = None
    product: str | None = None
    tier: str | None = None
    points: tuple[str, ...] = ()
    known: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    options: tuple[Candidate, ...] = ()
    promised: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The date whose policies count."""
        return self.on or self.now.date()
