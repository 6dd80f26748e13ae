"""An in-memory stand-in for kept gaps."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from assist.adapters.postgres.gap_store import no_such_gap, numbered
from assist.adapters.postgres.rows import json_text, plain_text
from assist.domain.gap_work import GapEvent, GapRun, TrackedGap
from assist.domain.gaps import GapKind, GapState
from assist.ports.gap_store import GapPage

if TYPE_CHECKING:
    from assist.ports.gap_store import Change


class InMemoryGaps:
    """`GapStore` in dicts."""

    def __init__(self) -> None:
        self._gaps: dict[str, TrackedGap] = {}
        self._events: dict[str, list[GapEvent]] = {}
        self._runs: list[GapRun] = []
        self._lock = Lock()

    @contextmanager
    def hold(self) -> Iterator[bool]:
        held = self._lock.acquire(blocking=False)
        try:
            yield held
        finally:
            if held:
                self._lock.release()

    def add(self, gap: TrackedGap, event: GapEvent) -> None:
        _check(gap, event)
        if gap.gap.id not in self._gaps:
            self._gaps[gap.gap.id] = gap
            self._events[gap.gap.id] = [event]

    def change(self, gap_id: str, key: str, change: "Change") -> TrackedGap:
        kept = self.get(gap_id)
        plain_text(key, "key")
        if any(event.key == key for event in self._events[gap_id]):
            return kept
        new, event = change(kept)
        _check(new, event)
        tickets = dict(numbered(kept.gap.tickets)) | dict(numbered(new.gap.tickets))
        gap = new.gap.model_copy(update={"tickets": tuple(tickets.values())})
        self._gaps[gap_id] = new.model_copy(update={"gap": gap})
        if event is not None:
            self._events[gap_id].append(event)
        return self._gaps[gap_id]

    def get(self, gap_id: str) -> TrackedGap:
        if plain_text(gap_id, "id") not in self._gaps:
            raise no_such_gap(gap_id)
        return self._gaps[gap_id]

    def history(self, gap_id: str) -> tuple[GapEvent, ...]:
        self.get(gap_id)
        return tuple(self._events[gap_id])

    def listed(
        self, states: Sequence[GapState], kind: GapKind | None, limit: int, offset: int = 0
    ) -> GapPage:
        found = [
            one
            for one in self._gaps.values()
            if one.state in states and kind in (None, one.gap.kind)
        ]
        found.sort(key=lambda one: (-one.gap.impact, one.gap.id))
        page = found[offset : offset + limit]
        bare = tuple(
            one.model_copy(update={"center": (), "gap": one.gap.model_copy(update={"tickets": ()})})
            for one in page
        )
        return GapPage(bare, tuple(one.volume for one in page), len(found))

    def tracked(self) -> tuple[TrackedGap, ...]:
        return tuple(self._gaps.values())

    def add_run(self, run: GapRun) -> None:
        self._runs.append(run)

    def last_run(self) -> GapRun | None:
        return self._runs[-1] if self._runs else None

    def last_good_run(self) -> GapRun | None:
        return next((run for run in reversed(self._runs) if not run.error), None)


def _check(gap: TrackedGap, event: GapEvent | None) -> None:
    """What no store takes."""
    json_text(gap, f"gap {gap.gap.id!r}")
    if event is not None:
        json_text(event, "event")
