"""Gaps drawn: the map of tickets by coverage, how each gap went, and their impact."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assist.domain.gaps import Gap
from assist.insights.gaps.mapping import Point
from assist.web.plots.canvas import ACCENT, BAD, GOOD, INK, LINE, QUIET, WARN, drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COVERED, PARTLY = 0.5, 0.2
HEIGHT, BAR, ROW = 280.0, 22.0, 64.0
LEAST = 140.0
"""High enough for one bar or row and all that is written around it."""
SHOWN = 12
"""Gaps drawn, those of the greatest impact."""


def map_plot(points: Sequence[Point]) -> str:
    """The SVG; empty without points. A gap's number stands in the middle of its tickets."""
    if not points:
        return ""

    def draw(figure: "Figure") -> None:
        axes = figure.add_subplot()
        axes.set_axis_off()
        for color, some in _by_color(points).items():
            axes.scatter([p.x for p in some], [p.y for p in some], s=12, color=color, linewidths=0)
        for gap in range(1, SHOWN + 1):
            mine = [p for p in points if p.gap == gap]
            if mine:
                x, y = sum(p.x for p in mine) / len(mine), sum(p.y for p in mine) / len(mine)
                axes.text(x, y, str(gap), color=INK, weight="bold", ha="center", va="center")

    return drawn("gap-map", HEIGHT, draw)


def impact_plot(gaps: Sequence[Gap]) -> str:
    """A bar per gap, in the order of the table; empty without gaps."""
    if not gaps:
        return ""
    shown = gaps[:SHOWN]

    def draw(figure: "Figure") -> None:
        axes = figure.add_subplot()
        places = list(range(len(shown)))
        axes.barh(places, [gap.impact for gap in shown], color=ACCENT, height=0.6)
        axes.set_yticks(places, [str(place + 1) for place in places])
        axes.invert_yaxis()
        axes.set_xlabel("impact")

    return drawn("gap-impact", max(LEAST, BAR * len(shown) + 60), draw)


def trend_plot(gaps: Sequence[Gap]) -> str:
    """Tickets per month of each gap; empty where no ticket has a date."""
    shown = [(n, found) for n, gap in enumerate(gaps[:SHOWN], 1) if (found := _months(gap))]
    if not shown:
        return ""
    months = _all_months([month for _, found in shown for month in found])
    top = max(max(found.values()) for _, found in shown)

    def draw(figure: "Figure") -> None:
        for place, (number, found) in enumerate(shown, 1):
            axes = figure.add_subplot(len(shown), 1, place)
            axes.bar(range(len(months)), [found[month] for month in months], color=ACCENT)
            axes.set_ylim(0, top + 0.5)
            axes.set_yticks([top])
            axes.set_ylabel(str(number), rotation=0, color=INK, labelpad=10)
            ends = [0, len(months) - 1] if len(months) > 1 else [0]
            last = place == len(shown)
            axes.set_xticks(ends, [f"{months[e]:%b %Y}" if last else "" for e in ends])
            axes.spines["bottom"].set_color(LINE)
            axes.tick_params(labelcolor=QUIET)

    return drawn("gap-trend", max(LEAST, ROW * len(shown) + 40), draw)


def _by_color(points: Sequence[Point]) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = {GOOD: [], WARN: [], BAD: []}
    for point in points:
        value = point.coverage
        found[GOOD if value >= COVERED else WARN if value >= PARTLY else BAD].append(point)
    return found


def _months(gap: Gap) -> Counter[date]:
    return Counter(ticket.at.date().replace(day=1) for ticket in gap.tickets if ticket.at)


def _all_months(some: Sequence[date]) -> list[date]:
    """From the first to the last, those without a ticket too."""
    first, last = min(some), max(some)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    numbers = [first.year * 12 + first.month - 1 + n for n in range(count)]
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]
