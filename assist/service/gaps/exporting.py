"""Use case: gaps -> a CSV table that a spreadsheet opens and does not run."""

import csv
import io
from collections.abc import Sequence

from assist.domain.gap_work import TrackedGap
from assist.domain.gaps import GapKind, GapState
from assist.ports import GapStore

COLUMNS = (
    *("gap", "state", "kind", "label", "tickets", "coverage", "impact", "owner"),
    *("first_seen", "last_seen", "reason"),
)
AT_ONCE = 500
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute: customers' words are no formula."""


def gaps_csv(store: GapStore, states: Sequence[GapState], kind: GapKind | None) -> str:
    """A line per gap, the greatest impact first, below a line of names."""
    found = io.StringIO()
    table = csv.writer(found)
    table.writerow(COLUMNS)
    offset = 0
    while (page := store.listed(states, kind, AT_ONCE, offset)).gaps:
        for tracked, volume in zip(page.gaps, page.volumes, strict=True):
            table.writerow([_harmless(cell) for cell in _cells(tracked, volume)])
        offset += len(page.gaps)
    return found.getvalue()


def _cells(tracked: TrackedGap, volume: int) -> tuple[str, ...]:
    gap = tracked.gap
    days = (str(day) if day else "" for day in (gap.first_seen, gap.last_seen))
    numbers = (str(volume), f"{gap.coverage:.2f}", f"{gap.impact:.1f}")
    named = (gap.id, tracked.state, gap.kind, gap.label)
    return (*named, *numbers, tracked.owner, *days, gap.reason)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
