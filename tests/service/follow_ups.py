"""A desk whose clock can be moved, and cases there that promise something."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from assist.domain.case_view import CaseView
from assist.domain.ledger import Entry
from assist.domain.notice import NoticeKind
from assist.domain.ticket import Ticket
from assist.service.desk import Desk
from tests.builders import NOW
from tests.service.casework import a_case, a_desk, decision, done, outcome

CATEGORIES = """categories:
  - {id: hubs, title: Hubs, owner: Care, terms: [hub, blinks]}
  - {id: lamps, title: Lamps, owner: Care, terms: [lamp, dark]}
"""
DAY = timedelta(days=1)
EVERY: tuple[NoticeKind, ...] = ("due", "overdue", "look", "escalation_deadline")


@dataclass
class SetClock:
    """A clock that shows what it is set to."""

    time: datetime

    def now(self) -> datetime:
        """The time it is set to."""
        return self.time


def a_follow_up_desk(folder: Path) -> Desk:
    """A desk that tells hubs from lamps."""
    (folder / "categories.yaml").write_text(CATEGORIES, encoding="utf-8")
    made = a_desk(folder)
    return Desk(parts=replace(made.parts, clock=SetClock(NOW)), records_for=made.records_for)


def later(desk: Desk, by: timedelta) -> None:
    """The clock is moved on, or back."""
    clock = desk.parts.clock
    clock.time = clock.now() + by


def a_ticket(number: int = 1, text: str = "My hub blinks red.", customer: str = "c-1") -> Ticket:
    """A ticket of a customer with an id, where one is given."""
    given = {"id": f"t-{number}", "text": text, "customer": {"id": customer or None}}
    return Ticket.model_validate(given)


def promised(desk: Desk, ticket: Ticket | None = None) -> tuple[CaseView, Entry]:
    """A case whose customer was promised a call within two business days."""
    view = a_case(desk.cases, ticket or a_ticket())
    after = done(desk.cases.decide(view.case.id, decision(view)))
    return after, after.ledger[0]


def solved(desk: Desk, ticket: Ticket | None = None) -> tuple[CaseView, Entry]:
    """A case that was solved, and the look that is due two weeks later."""
    view, _ = promised(desk, ticket)
    after = done(desk.cases.outcome(view.case.id, outcome("solved", rating=5)))
    return after, after.ledger[-1]


def told(desk: Desk) -> list[tuple[NoticeKind, str]]:
    """What nobody has seen yet."""
    return [(notice.kind, notice.about) for notice in desk.parts.notices.unseen(EVERY, 99)]
