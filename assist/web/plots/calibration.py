"""How often the product is right where it is so sure: on the diagonal it knows what it knows."""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assist.insights.eval_figures.calibrating import Calibration
from assist.web.plots.canvas import ACCENT, LINE, QUIET, drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEIGHT = 300.0


class Dot(NamedTuple):
    """A bin: how sure, how often right with its interval, of how many."""

    value: float
    right: float
    low: float
    high: float
    n: int


def calibration_plot(found: Calibration, label: str, name: str) -> str:
    """The SVG. `label` says what is drawn from left to right."""
    dots = tuple(
        Dot(
            one.value,
            one.right.mean,
            one.right.mean if one.right.low is None else one.right.low,
            one.right.mean if one.right.high is None else one.right.high,
            one.right.n,
        )
        for one in found.bins
    )
    return _drawn(dots, label, name)


@lru_cache(maxsize=64)
def _drawn(dots: tuple[Dot, ...], label: str, name: str) -> str:
    def draw(figure: "Figure") -> None:
        axes = figure.add_subplot()
        axes.set_xlim(-0.03, 1.03)
        axes.set_ylim(-0.09, 1.05)
        axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
        axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=(0, (3, 3)))
        axes.grid(color=LINE, linewidth=1)
        axes.set_axisbelow(True)
        axes.set_xlabel(label)
        axes.set_ylabel("share that is right")
        most = max(dot.n for dot in dots)
        for dot in dots:
            size = 5 + 9 * (dot.n / most) ** 0.5
            axes.plot([dot.value] * 2, [dot.low, dot.high], color=QUIET, linewidth=1.5)
            axes.plot(dot.value, dot.right, marker="o", markersize=size, color=ACCENT)
            axes.annotate(
                f"{dot.n}", (dot.value, min(dot.low, dot.right)), (0, -3 - size / 8),
                textcoords="offset points", ha="center", va="top", color=QUIET,
            )  # fmt: skip

    return drawn(name, HEIGHT, draw)
