"""What a workspace's cases tell over a time, beside whoever works on them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, get_args

from assist.domain.case_event import ENDED, CaseRow, CaseStatus
from assist.domain.handling import HandlingSettings
from assist.domain.policy import PolicySet
from assist.domain.seen_case import SeenCase
from assist.domain.systemic import Effect, UpstreamItem, UpstreamState
from assist.domain.trend_report import TrendReport
from assist.insights.systemic import LOOKED_BACK, effect_of
from assist.insights.trends.report import Company, report_of
from assist.service.archive import Archive
from assist.service.parts import Parts
from assist.service.recording import rules_of
from assist.service.trends.period import period
from assist.service.trends.reading import Reader, all_of
from assist.service.trends.rules import clauses_by_id, owners

MOST = 20_000
"""Cases read at most, those that changed last."""
MOST_IN_A_REQUEST = 5_000
"""As many take a minute at first: one is some 8 ms, by the queries it takes."""


TOO_MANY = "only the {} cases that changed last are counted"
READ_FOR = timedelta(hours=6)
"""How long what was read of an ended case counts: a grant taken back changes no case."""


class Read(NamedTuple):
    """An ended case as it was read at a time."""

    row: CaseRow
    at: datetime
    case: SeenCase


@dataclass
class TrendDesk:
    """What was read of ended cases stays here for a while, or until they change."""

    store: Parts | Archive
    handling: HandlingSettings = field(default_factory=HandlingSettings)
    most: int = MOST
    _read: dict[str, Read] = field(default_factory=dict)
    _serving: tuple[str, PolicySet | None] | None = None

    def report(self, now: datetime, since: date | None, until: date | None) -> TrendReport:
        """From the one day to the end of the other, or until now. Raises `BadInput`."""
        when = period(now, since, until)
        rows = self._listed()
        notes = [] if len(rows) < self.most else [TOO_MANY.format(self.most)]
        items = {
            one.issue: one for one in self.store.upstream.listed(get_args(UpstreamState), MOST)
        }
        read_from = min([when.before, *map(_looked_back, items.values())])
        cases = self._cases(rows, read_from, now)
        rules = self._rules()
        company = Company(self.handling, clauses_by_id(rules), owners(rules), items)
        return report_of(cases, when.since, when.until, company, notes)

    def effect(self, now: datetime, item: UpstreamItem) -> Effect | None:
        """Whether fewer came since it was done; none where it is not."""
        if item.done_on is None:
            return None
        rows = self._listed()
        cases = self._cases(rows, _looked_back(item), now)
        began = min((case.came_at for case in cases), default=now)
        return effect_of(cases, item.issue, item.done_on, now, began)

    def _listed(self) -> Sequence[CaseRow]:
        return self.store.cases.listed(get_args(CaseStatus), self.most)

    def _cases(self, rows: Sequence[CaseRow], since: datetime, now: datetime) -> list[SeenCase]:
        """Those that may have come since then: no case changes before it came."""
        wanted = [row for row in rows if row.changed_at >= since]
        known = {row.id: kept for row in wanted if (kept := self._kept(row, now))}
        fresh = {row.id: row for row in wanted if row.id not in known}
        rules = self._rules()
        reader = Reader(self.store, rules.sla if rules else None)
        read = list(all_of(fresh.values(), reader))
        ended = [one for one in read if one.status in ENDED]
        known |= {one.case_id: Read(fresh[one.case_id], now, one) for one in ended}
        alive = {row.id for row in rows}  # no case that was forgotten meanwhile
        self._read = {name: one for name, one in self._read.items() if name in alive} | known
        return [
            *(kept.case for kept in known.values()),
            *(o for o in read if o.status not in ENDED),
        ]

    def _kept(self, row: CaseRow, now: datetime) -> Read | None:
        kept = self._read.get(row.id)
        return kept if kept and kept.row == row and now - kept.at < READ_FOR else None

    def _rules(self) -> PolicySet | None:
        """Those of the generation that serves; none where none does."""
        current = self.store.knowledge.current()
        if current is None:
            return None
        if self._serving is None or self._serving[0] != current.id:
            self._serving = (current.id, rules_of(self.store.knowledge, current.id))
        return self._serving[1]


def _looked_back(item: UpstreamItem) -> datetime:
    """Since when cases tell of an item's effect; of one that is not done nothing is looked at."""
    if item.done_on is None:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(item.done_on, time(), UTC) - LOOKED_BACK
