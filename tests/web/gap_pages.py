"""A desk with kept gaps, and pages of them."""

from datetime import timedelta
from typing import Any

from assist.domain.gap_work import TrackedGap
from assist.domain.gaps import GapTicket, ImpactFactor
from assist.service.desk import Desk
from tests.contracts.gap_store import a_gap_event, a_gap_run, a_tracked_gap
from tests.contracts.store_builders import NOON
from tests.web.test_pages import HOSTILE

DRAFT = (
    f"---\nid: rain\ngap: gap-1\n---\n# Rain\n\n## Can it hang in the rain?\n\nIt can. {HOSTILE}\n"
)


def a_shown_gap(gap_id: str = "gap-1", **changed: Any) -> TrackedGap:
    """An open gap of two tickets, whose every word is hostile."""
    tickets = tuple(
        GapTicket(
            ticket_id=f"t-{n}",
            text=f"Can it hang in the rain? {HOSTILE}",
            coverage=0.1,
            at=NOON + timedelta(days=20 * n),
            found=("hub#1",),
            reply=f"It can hang in the rain. {HOSTILE}",
        )
        for n in range(2)
    )
    gap = {
        "label": f"Can it hang in the rain? {HOSTILE}",
        "reason": f"nothing near answers it {HOSTILE}",
        "tickets": tickets,
        "factors": (ImpactFactor(name="volume", value=2.0, weight=1.0, says=f"2 {HOSTILE}"),),
    } | changed.pop("gap", {})
    return a_tracked_gap(gap_id, **({"draft": DRAFT} | changed), gap=gap)


def some_gaps(desk: Desk) -> None:
    """Two gaps, the second of more impact and rejected, and the look that found them."""
    store = desk.parts.gaps
    store.add(a_shown_gap(), a_gap_event())
    rejected = a_shown_gap("gap-2", state="rejected", gap={"impact": 9.0, "kind": "unclear"})
    store.add(rejected, a_gap_event(reason=HOSTILE))
    points = ((0.0, 0.5, 0.1, 1), (1.0, 0.5, 0.9, 0), (0.2, 0.1, 0.3, 2))
    store.add_run(a_gap_run(points=points, gaps=("gap-2", "gap-1")))
