"""Errands: what is to be done at a helpdesk, kept until it is done: fetch a ticket, send a text."""

import hashlib
import re
from datetime import datetime, timedelta
from typing import Literal, Self

from pydantic import Field

from assist.domain.base import Model

ErrandKind = Literal["fetch", "reply"]
"""`fetch`: see how a ticket stands there and make its suggestion; `reply`: send the customer what
an agent decided on here."""
ErrandState = Literal["waiting", "done", "dropped", "failed"]
"""`dropped`: nothing was to be done, `problem` says why; `failed`: given up."""
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=3)
"""A helpdesk that is away for a weekend finds what it sent; what is older nobody waits for."""
_OURS = re.compile(r"([a-z][a-z0-9_-]*):(.+)", re.DOTALL)


class Errand(Model):
    """One thing to do at one helpdesk.

    `ticket_id` is the helpdesk's own. `key` is the same for the same thing told twice. `signed` is
    the digest of what was signed, where something was. `tries` counts those that did not succeed.
    """

    id: str
    kind: ErrandKind
    helpdesk: str
    ticket_id: str = Field(min_length=1, max_length=200)
    key: str
    signed: str = ""
    case_id: str = ""
    state: ErrandState = "waiting"
    made_at: datetime
    tried_at: datetime | None = None
    tries: int = 0
    problem: str = ""

    @classmethod
    def made(
        cls,
        kind: ErrandKind,
        helpdesk: str,
        ticket_id: str,
        key: str,
        at: datetime,
        *,
        signed: str = "",
        case_id: str = "",
    ) -> Self:
        """A new one; the same thing told twice has the same id."""
        told = f"{kind}\x00{helpdesk}\x00{key}"
        return cls(
            id=f"errand-{hashlib.sha256(told.encode()).hexdigest()[:16]}",
            kind=kind,
            helpdesk=helpdesk,
            ticket_id=ticket_id,
            key=key,
            signed=signed,
            case_id=case_id,
            made_at=at,
        )

    @property
    def wait(self) -> timedelta:
        """How long after a try that failed it is tried again: twice as long each time."""
        wait: timedelta = FIRST_WAIT * 2 ** min(self.tries, 12)
        return min(wait, LONGEST_WAIT)

    def ended(self, state: ErrandState, at: datetime, problem: str = "", case_id: str = "") -> Self:
        """How it ended."""
        told = {"state": state, "tried_at": at, "problem": problem}
        return self.model_copy(update=told | ({"case_id": case_id} if case_id else {}))

    def postponed(self, at: datetime, problem: str) -> Self:
        """After a try that failed: it waits, or is given up."""
        told = {"tried_at": at, "problem": problem, "tries": self.tries + 1}
        if at - self.made_at > GIVEN_UP_AFTER:
            told["state"] = "failed"
        return self.model_copy(update=told)


class HelpdeskStanding(Model):
    """How it goes with one helpdesk. `problem` is that of the try that failed last, if any waits.

    `heard_at` is when it told of a ticket last.
    """

    helpdesk: str
    waiting: int = 0
    failed: int = 0
    heard_at: datetime | None = None
    problem: str = ""


def our_ticket_id(helpdesk: str, ticket_id: str) -> str:
    """What a helpdesk's ticket is called here: two helpdesks count alike."""
    return f"{helpdesk}:{ticket_id}"


def whose_ticket(ticket_id: str) -> tuple[str, str] | None:
    """Helpdesk and its own id of a ticket of ours; none where it came by another way."""
    found = _OURS.fullmatch(ticket_id)
    return (found[1], found[2]) if found else None
