"""How many cases came of each category: a small drawing for each, with the days of change."""

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from assist.domain.systemic import SystemicIssue
from assist.domain.trends import Trends, Volume
from assist.insights.trends.volume import LENGTHS
from assist.web.plots.canvas import ACCENT, INK, LINE, QUIET, WARN, bare, drawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SHOWN = 8
"""Categories drawn: all together and the largest."""
ROW = 104.0
COLUMNS = 2
BAR, AROUND = 22.0, 50.0
TITLE = 22
"""Characters of a category above its drawing."""


def volume_plot(found: Trends, name: str = "volume") -> str:
    """The SVG; empty where no case came. Each drawing has a scale of its own, from 0 on."""
    shown = [one for one in found.volumes if one.total][:SHOWN]
    if not shown:
        return ""
    rows = ceil(len(shown) / COLUMNS)

    def draw(figure: "Figure") -> None:
        for place, volume in enumerate(shown):
            axes = figure.add_subplot(rows, COLUMNS, place + 1)
            with bare(axes):
                _one(axes, volume, found)

    return drawn(name, ROW * rows + 6, draw)


def _one(axes: "Axes", volume: Volume, found: Trends) -> None:
    axes.set_title(f"{_short(volume.category)}  {volume.total}", color=INK, pad=5)
    whole, counts = _whole(found), volume.counts
    places = range(len(counts))
    axes.bar(places, counts, color=[ACCENT if n < whole else LINE for n in places], width=0.72)
    for change in volume.changes:
        axes.axvline(_place(change.on, found), color=WARN, linewidth=1.6, linestyle=(0, (3, 2)))
    axes.set_xlim(-0.6, len(counts) - 0.4)
    top = max(counts)
    axes.set_ylim(0, top * 1.08)
    axes.set_yticks([0, top], ["0", str(top)])
    first, last = found.steps[0], found.steps[-1]
    axes.set_xticks([0, len(counts) - 1], [f"{first:%d %b}", f"{last:%d %b}"])
    left, right = axes.get_xticklabels()
    left.set_horizontalalignment("left")
    right.set_horizontalalignment("right")
    axes.axhline(0, color=QUIET, linewidth=1)


def _whole(found: Trends) -> int:
    """How many steps are whole: one that is cut short would look quiet."""
    return int((found.until - found.since).total_seconds() // (86_400 * LENGTHS[found.step]))


def _place(on: date, found: Trends) -> float:
    """Between the bars of a day's step and the one before, or within a week."""
    return (on - found.steps[0]).days / LENGTHS[found.step] - 0.5


def _short(text: str) -> str:
    return text if len(text) <= TITLE else f"{text[: TITLE - 1]}…"


def cost_plot(issues: Sequence[SystemicIssue], name: str = "contacts") -> str:
    """A bar for each of the issues that brought most: first contacts, and those that followed."""
    shown = [one.cost for one in issues][:SHOWN]
    if not shown:
        return ""
    labels = [f"{place}" for place in range(1, len(shown) + 1)]

    def draw(figure: "Figure") -> None:
        from matplotlib.ticker import MaxNLocator

        axes = figure.add_subplot()
        places = range(len(shown))
        cases = [one.cases for one in shown]
        axes.barh(places, cases, color=ACCENT, height=0.7)
        more = [one.contacts - one.cases for one in shown]
        axes.barh(places, more, left=cases, color=WARN, height=0.7)
        axes.set_yticks(places, labels)
        axes.invert_yaxis()
        axes.set_xlabel("contacts: first, and again about the same")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))

    return drawn(name, BAR * len(shown) + AROUND, draw)
