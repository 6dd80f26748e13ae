"""How each step scores: a bar with its interval, and a dot for each of its scorers."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assist.insights.eval_figures.names import STEPS
from assist.insights.eval_figures.steps import StepScore
from assist.web.plots.canvas import ACCENT, BAD, GOOD, INK, LINE, QUIET, bare, drawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 34.0


class Row(NamedTuple):
    """A step with its mean and interval; dots are its scorers' means, and whether each passes."""

    step: str
    mean: float
    low: float
    high: float
    dots: tuple[tuple[float, bool], ...]


def steps_plot(steps: Sequence[StepScore], name: str = "steps") -> str:
    """The SVG; empty where nothing was scored."""
    rows = tuple(
        Row(
            one.step,
            one.score.mean,
            one.score.mean if one.score.low is None else one.score.low,
            one.score.mean if one.score.high is None else one.score.high,
            tuple((s.mean, s.passed) for s in one.summaries if s.mean is not None),
        )
        for one in steps
        if one.score is not None and one.step in STEPS
    )
    return _drawn(rows, name) if rows else ""


@lru_cache(maxsize=64)
def _drawn(rows: tuple[Row, ...], name: str) -> str:
    def draw(figure: "Figure") -> None:
        axes = figure.add_subplot()
        with bare(axes):
            axes.set_xlim(0, 1.02)
            axes.set_ylim(len(rows) - 0.45, -0.55)
            axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "", "0.5", "", "1"])
            axes.set_yticks(range(len(rows)), [row.step for row in rows])
            axes.tick_params(axis="y", labelcolor=INK)
            axes.grid(axis="x", color=LINE, linewidth=1)
            axes.set_axisbelow(True)
            axes.spines["bottom"].set_visible(False)
            for place, row in enumerate(rows):
                axes.barh(place, row.mean, height=0.46, color=ACCENT, alpha=0.35)
                axes.plot([row.low, row.high], [place, place], color=QUIET, linewidth=1.5)
                for end in (row.low, row.high):
                    axes.plot([end, end], [place - 0.11, place + 0.11], color=QUIET, linewidth=1.5)
                _dots(axes, place, row)

    return drawn(name, ROW * len(rows) + 26, draw)


def _dots(axes: "Axes", place: int, row: Row) -> None:
    """Dots of the same value stand side by side, not one on the other."""
    seen: dict[int, int] = {}
    for mean, passed in sorted(row.dots):
        slot = round(mean * 40)
        beside = seen[slot] = seen.get(slot, -1) + 1
        drop = 0.34 if beside % 2 == 0 else -0.34
        axes.plot(
            mean - 0.022 * (beside // 2), place + drop, marker="o" if passed else "D",
            markersize=5, color=GOOD if passed else BAD, linestyle="none", clip_on=False,
        )  # fmt: skip
