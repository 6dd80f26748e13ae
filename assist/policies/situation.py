"""What escalation rules look at: one frozen picture of everything found out before."""

from datetime import datetime

from pydantic import Field, JsonValue

from assist.domain.base import Model
from assist.domain.issue import Abstention, Priority
from assist.domain.policy import Verdict
from assist.domain.records import EarlierTicket
from assist.domain.suggestion import TicketSignal


class Situation(Model):
    """One case as the escalation rules see it.

    `text` is what the customer wrote and `signals` what was noticed in it; `verdicts` are those
    on what is chosen or, with nothing chosen, on what was asked for; `earlier` are the customer's
    tickets about the same matter; `facts` are values by declared path. `now` has a time zone.
    """

    text: str
    now: datetime
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
