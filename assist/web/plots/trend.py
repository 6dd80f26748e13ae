"""How scores went from run to run: a small drawing for each scorer, on the same scale."""

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from assist.insights.eval_figures.trending import Trend
from assist.web.plots.canvas import ACCENT, BAD, INK, LINE, QUIET, bare, drawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 118.0
COLUMNS = 2


def trend_plot(trends: tuple[Trend, ...], name: str = "trend") -> str:
    """The SVG; empty where there is no trend yet."""
    return _drawn(trends, name) if trends else ""


@lru_cache(maxsize=64)
def _drawn(trends: tuple[Trend, ...], name: str) -> str:
    rows = ceil(len(trends) / COLUMNS)
    lows = [p.mean if p.low is None else p.low for trend in trends for p in trend.points]
    floor = max(0.0, min(lows, default=0.0) - 0.05)

    def draw(figure: "Figure") -> None:
        for place, trend in enumerate(trends):
            axes = figure.add_subplot(rows, COLUMNS, place + 1)
            with bare(axes):
                axes.set_ylim(floor, 1.04)
                _one(axes, trend, floor)

    return drawn(name, ROW * rows + 6, draw)


def _one(axes: "Axes", trend: Trend, floor: float) -> None:
    points = trend.points
    last = points[-1]
    axes.set_title(f"{trend.scorer}  {last.mean:.2f}", color=INK, pad=5)
    places = range(len(points))
    lows = [p.mean if p.low is None else p.low for p in points]
    highs = [p.mean if p.high is None else p.high for p in points]
    axes.fill_between(places, lows, highs, color=ACCENT, alpha=0.16, linewidth=0)
    axes.plot(places, [p.mean for p in points], color=ACCENT, linewidth=1.8)
    below = trend.threshold is not None and last.mean < trend.threshold
    axes.plot(places[-1], last.mean, marker="o", markersize=6, color=BAD if below else ACCENT)
    if trend.threshold is not None:
        axes.axhline(trend.threshold, color=QUIET, linewidth=1, linestyle=(0, (3, 3)))
    for place, point in enumerate(points):
        if point.another_grader:
            axes.axvline(place - 0.5, color=LINE, linewidth=1.5)
    axes.set_xlim(-0.4, len(points) - 0.6)
    first, newest = points[0].at, last.at
    told = "%H:%M" if first.date() == newest.date() else "%d %b"
    axes.set_xticks([0, len(points) - 1], [f"{first:{told}}", f"{newest:{told}}"])
    left, right = axes.get_xticklabels()
    left.set_horizontalalignment("left")
    right.set_horizontalalignment("right")
    middle = round((floor + 1) / 2, 2)
    axes.set_yticks([floor, middle, 1], [f"{floor:.2g}", "", "1"])
    axes.grid(axis="y", color=LINE, linewidth=1)
    axes.set_axisbelow(True)
