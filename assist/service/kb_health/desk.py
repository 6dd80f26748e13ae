"""How the knowledge base of a workspace does: at once for a page, or looked at to the end."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from assist.domain.kb_health import KbHealth, TrainingNeeds
from assist.service.kb_bench import serving
from assist.service.kb_health.checking import MOST_UNASKED, Checks, check
from assist.service.kb_health.health import health_of, period
from assist.service.training import needs_since

if TYPE_CHECKING:
    from assist.service.desk import Desk

TOO_MANY = (
    f"faults and own words are not looked for here above {MOST_UNASKED} documents: "
    "run `assist kb-health`"
)
"""What a page says instead of checking a large knowledge base on a busy service."""
SOON = "faults and own words are being looked for: ask again in a minute"


@dataclass
class HealthDesk:
    """What was found wrong with a generation stays here until another serves, or the day ends."""

    desk: "Desk"
    checks: Checks = field(default_factory=Checks)

    def whole(self, since: date | None) -> KbHealth:
        """All of it, however long it takes. Raises `NoIndex`, `BadInput`."""
        parts, library = self.desk.parts, self.desk.opened().library
        when = period(parts.clock.now(), since)
        return health_of(parts, library, when, check(serving(library), when.until.date()))

    def now(self, since: date | None) -> KbHealth:
        """What is known at once; faults and own words only where they were looked for before.

        Where not, that begins now, beside the requests. Raises `NoIndex`, `BadInput`.
        """
        parts, library = self.desk.parts, self.desk.opened().library
        when = period(parts.clock.now(), since)
        if library.generation.documents > MOST_UNASKED:
            return health_of(parts, library, when, None, TOO_MANY)
        checked = self.checks.begun(library, when.until.date())
        return health_of(parts, library, when, checked, SOON)

    def training(self, since: date | None) -> TrainingNeeds:
        """Topics in which agents set aside what was right. Raises `BadInput`."""
        when = period(self.desk.parts.clock.now(), since)
        return needs_since(self.desk.parts, when.since, when.until)
