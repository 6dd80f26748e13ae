"""In-memory stand-ins for timers and for the notices of what is due."""

import heapq
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count

from assist.adapters.postgres.notices import no_such_notice
from assist.adapters.postgres.rows import plain_text
from assist.domain.notice import Notice, NoticeKind
from assist.domain.timer import TimedKind, TimerState
from assist.ports.timers import Attend
from tests.fake_cases import InMemoryCases


class InMemoryTimers:
    """`Timers` in a heap, by the machine's clock."""

    def __init__(self) -> None:
        self._set: list[tuple[datetime, int, TimedKind, str]] = []
        self._numbers = count()
        self._attended = 0

    def set(self, kind: TimedKind, about: str, at: datetime) -> None:
        heapq.heappush(self._set, (at, next(self._numbers), kind, about))

    def attend(self, work: Attend, stop: threading.Event) -> None:
        self._attended += 1
        while not stop.wait(0.01):
            if self._set and self._set[0][0] <= datetime.now(UTC):
                _, _, kind, about = heapq.heappop(self._set)
                if (again := work(kind, about)) is not None:
                    self.set(kind, about, datetime.now(UTC) + again)
        self._attended -= 1

    def state(self) -> TimerState:
        late = sum((datetime.now(UTC) - at).total_seconds() > 60 for at, _, _, _ in self._set)
        return TimerState(waiting=len(self._set), late=late, attended=self._attended)


class InMemoryNotices:
    """`NoticeStore` in a dict, beside the cases that they are about."""

    def __init__(self, cases: InMemoryCases) -> None:
        self._cases = cases
        self._kept: dict[str, Notice] = {}

    def make(self, notice: Notice) -> bool:
        about = {(n.kind, n.about) for n in self._kept.values()}
        if notice.id in self._kept or (notice.kind, notice.about) in about:
            return False
        self._kept[notice.id] = notice
        return True

    def get(self, notice_id: str) -> Notice:
        if plain_text(notice_id, "id") not in self._kept:
            raise no_such_notice(notice_id)
        return self._kept[notice_id]

    def unseen(self, kinds: Sequence[NoticeKind], limit: int) -> tuple[Notice, ...]:
        found = [n for n in self._kept.values() if n.seen_at is None and n.kind in kinds]
        found = [n for n in found if n.kind not in ("due", "overdue") or not self._settled(n)]
        return tuple(sorted(found, key=lambda n: n.due))[:limit]

    def seen(self, kinds: Sequence[NoticeKind], limit: int) -> tuple[Notice, ...]:
        found = [(n.seen_at, n) for n in self._kept.values() if n.seen_at and n.kind in kinds]
        found.sort(key=lambda pair: pair[0], reverse=True)
        return tuple(notice for _, notice in found)[:limit]

    def see(self, notice_id: str, by: str, at: datetime) -> Notice:
        kept = self.get(notice_id)
        plain_text(by, "by")
        if kept.seen_at is None:
            self._kept[notice_id] = kept.model_copy(update={"seen_at": at, "seen_by": by})
        return self._kept[notice_id]

    def missing(self, now: datetime, limit: int) -> tuple[str, ...]:
        told = {(n.about, n.kind) for n in self._kept.values()}
        timed = sorted(
            (at, number, entry)
            for number, entry in enumerate(self._cases.ledger(["open"], None, 1_000_000))
            if (at := entry.reminded_at) and at <= now
        )
        found = [e for _, _, e in timed if e.kind == "look" or _untold(e.id, e.standing(now), told)]
        return tuple(entry.id for entry in found)[:limit]

    def _settled(self, notice: Notice) -> bool:
        entries = self._cases.ledger(["kept", "broken", "dropped"], None, 1_000_000)
        return notice.about in {entry.id for entry in entries}


def _untold(about: str, standing: str, told: set[tuple[str, NoticeKind]]) -> bool:
    if (about, "due") not in told:
        return True
    return standing == "overdue" and (about, "overdue") not in told
