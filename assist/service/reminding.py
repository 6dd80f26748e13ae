"""Use case: when the time of something has come, tell who has to look at it, each once."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from assist.domain.ledger import Entry
from assist.domain.notice import Notice, NoticeKind, notice_id
from assist.domain.timer import TimedKind
from assist.errors import AssistError, NotFound, Unavailable
from assist.service.gaps.nightly import Nightly

if TYPE_CHECKING:
    from assist.service.desk import Desk

LOG = logging.getLogger(__name__)
AT_ONCE = 1_000
"""Entries that one sweep looks at; the next takes the rest."""


class Reminding:
    """Looks at what is timed. The clock of this process says whether its time has come.

    A timer that comes early by this clock is set again for the rest; one that is lost, or jumped
    over by a clock, is found by `sweep`. A notice is keyed by what it is about: none comes twice.
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._parts = desk.parts
        self.nightly = Nightly(desk)
        self._kinds: Mapping[TimedKind, Callable[[str], timedelta | None]] = {
            "entry": self._entry,
            "escalation": self._escalation,
            "gaps": self.nightly.attend,
            "errand": desk.errands.attend,
        }

    def attend(self, kind: TimedKind, about: str) -> timedelta | None:
        """Look at it; in how long to look again, if at all. What is gone needs no look."""
        try:
            return self._kinds[kind](about)
        except NotFound:  # it was erased with its customer
            return None

    def sweep(self) -> int:
        """Look at all whose time has come and of which nobody was told; how many it was."""
        now = self._parts.clock.now()
        entries = self._parts.notices.missing(now, AT_ONCE)
        waiting = [one.id for one in self._parts.escalated.due(now, AT_ONCE)]
        missed = [planned] if (planned := self.nightly.missed()) else []
        found: dict[TimedKind, Sequence[str]] = {
            "entry": entries,
            "escalation": waiting,
            "gaps": missed,
            "errand": self._desk.errands.missed(AT_ONCE),
        }
        for kind, abouts in found.items():
            for about in abouts:
                try:
                    self.attend(kind, about)
                except Unavailable:
                    raise
                except AssistError as error:  # one that cannot be looked at keeps no other from it
                    LOG.error("%s %s waits: %s", kind, about, error)  # noqa: TRY400 - it says all
        return len(entries)

    def _entry(self, entry_id: str) -> timedelta | None:
        entry, now = self._parts.cases.entry(entry_id), self._parts.clock.now()
        at, late = entry.reminded_at, entry.late_at
        if at is None or late is None:
            return None
        if now < at:
            return at - now if entry.state == "open" else None
        if entry.kind == "look":
            self._look(entry)
            return None
        if entry.state != "open":
            return None
        self._tell("due", entry)
        if now < late:
            return late - now
        self._tell("overdue", entry)
        return None

    def _look(self, entry: Entry) -> None:
        """The formal look; somebody is told unless the solution held."""
        found = asyncio.run(self._desk.cases.look(entry.id))
        if found is not None and found.result != "held":
            self._tell("look", entry)

    def _escalation(self, escalation_id: str) -> timedelta | None:
        """Tell that an escalation waits beyond its deadline."""
        one, now = self._parts.escalated.get(escalation_id), self._parts.clock.now()
        if not one.pending:
            return None
        if now < one.deadline:
            return one.deadline - now
        self._make("escalation_deadline", one.id, one.case_id, one.path.team, one.deadline)
        return None

    def _tell(self, kind: NoticeKind, entry: Entry) -> None:
        due = entry.due or entry.reminded_at or self._parts.clock.now()
        self._make(kind, entry.id, entry.case_id, entry.owner, due)

    def _make(self, kind: NoticeKind, about: str, case_id: str, owner: str, due: datetime) -> None:
        made_at = self._parts.clock.now()
        told = {"about": about, "case_id": case_id, "owner": owner, "due": due, "made_at": made_at}
        self._parts.notices.make(Notice(id=notice_id(kind, about), kind=kind, **told))
