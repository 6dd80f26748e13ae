"""Gaps as their pages show them: numbers and plots of a list, and one gap with what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assist.domain.gap_work import GapRun, TrackedGap
from assist.errors import NoIndex, NotFound
from assist.insights.gaps.mapping import Point
from assist.service.desk import Desk
from assist.web.plots.gaps import SHOWN, impact_plot, map_plot, trend_plot

FOUND = 300
"""Characters shown of a passage that was found instead."""
PLOTS = (
    ("map", "Map", "Issues that ask alike lie together, by coverage: green, amber, red."),
    ("trend", "Trend", "Tickets per month of each gap."),
    ("impact", "Impact", "Of each gap, by its number."),
)


@dataclass(frozen=True)
class ListView:
    """A page of the list, with what is drawn of it. `whole` are its first gaps, with tickets."""

    listed: Sequence[tuple[TrackedGap, int]]
    whole: Sequence[TrackedGap]
    run: GapRun | None
    first: int = 1

    @classmethod
    def of(cls, desk: Desk, listed: Sequence[tuple[TrackedGap, int]], first: int) -> "ListView":
        """The tickets of the gaps that are drawn are read too."""
        store = desk.parts.gaps
        drawn = tuple(store.get(one.gap.id) for one, _ in listed[:SHOWN])
        return cls(listed, drawn, store.last_good_run(), first)

    @cached_property
    def plots(self) -> list[tuple[str, str, str, str]]:
        """(name, title, what it shows, SVG) of those that there is something to draw for."""
        gaps = [one.gap for one in self.whole]
        drawn = {
            "map": map_plot(self._points),
            "trend": trend_plot(gaps),
            "impact": impact_plot(gaps),
        }
        return [(name, title, says, drawn[name]) for name, title, says in PLOTS if drawn[name]]

    @property
    def _points(self) -> Sequence[Point]:
        """Of the last look; a gap bears the number that it has in this list."""
        if self.run is None:
            return ()
        place = {one.gap.id: number for number, (one, _) in enumerate(self.listed, 1)}
        number = {n: place.get(gap, 0) for n, gap in enumerate(self.run.gaps, 1)}
        return [
            Point(x=x, y=y, coverage=coverage, gap=number.get(gap, 0))
            for x, y, coverage, gap in self.run.points
        ]


def found_instead(desk: Desk, tracked: TrackedGap) -> Mapping[str, tuple[str, str]]:
    """Title and beginning of each passage that was found, by id; those that are there still."""
    ids = {found for ticket in tracked.gap.tickets for found in ticket.found}
    try:
        library = desk.opened().library
    except NoIndex:
        return {}
    told: dict[str, tuple[str, str]] = {}
    for one in sorted(ids):
        try:
            passage = library.passage(one)
        except NotFound:  # an article was changed since
            continue
        told[one] = (passage.title, passage.text[:FOUND])
    return told
