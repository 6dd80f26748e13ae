"""How long suggestions take: a histogram over a scale of equal factors, the median and the 95 %."""

from functools import lru_cache
from typing import TYPE_CHECKING

from assist.insights.eval_figures.timing import Timing
from assist.web.plots.canvas import ACCENT, INK, LINE, WARN, bare, drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEIGHT = 230.0
SECOND, MINUTE = 1_000.0, 60_000.0
_TICKS = (1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
SPARSE = 4
"""Marks beneath which ones between them are added."""


def in_words(ms: float) -> str:
    """A length of time, as short as it can be read."""
    if ms < SECOND:
        return f"{ms:.0f} ms"
    return f"{ms / SECOND:.3g} s" if ms < MINUTE else f"{ms / MINUTE:.3g} min"


def latency_plot(found: Timing, name: str = "latency") -> str:
    """The SVG."""
    return _drawn(found, name)


@lru_cache(maxsize=64)
def _drawn(found: Timing, name: str) -> str:
    quantiles = dict(found.quantiles)

    def draw(figure: "Figure") -> None:
        axes = figure.add_subplot()
        with bare(axes):
            axes.set_xscale("log")
            axes.set_xlim(found.edges[0], found.edges[-1])
            most = max(found.counts)
            axes.set_ylim(0, most * 1.24)
            widths = [b - a for a, b in zip(found.edges, found.edges[1:], strict=False)]
            axes.bar(
                found.edges[:-1], found.counts, [w * 0.9 for w in widths],
                align="edge", color=ACCENT, alpha=0.55,
            )  # fmt: skip
            ticks = _ticks(found.edges)
            axes.set_xticks(ticks, [in_words(tick) for tick in ticks])
            axes.set_xticks([], minor=True)
            axes.set_yticks([0, most], ["0", str(most)])
            axes.spines["bottom"].set_color(LINE)
            for quantile, color, height in (("median", INK, 1.16), ("95 %", WARN, 1.04)):
                at = quantiles[quantile]
                axes.axvline(at, ymax=height / 1.24, color=color, linewidth=1.5)
                far = at > (found.edges[0] * found.edges[-1]) ** 0.5
                side, sign = ("right", -1) if far else ("left", 1)
                axes.annotate(
                    f"{quantile} {in_words(at)}", (at, most * height), (4 * sign, 0),
                    textcoords="offset points", color=color, ha=side, va="center",
                )  # fmt: skip

    return drawn(name, HEIGHT, draw)


def _ticks(edges: tuple[float, ...]) -> list[float]:
    low, high = edges[0], edges[-1]
    ticks: list[float] = [tick for tick in _TICKS if low <= tick <= high]
    if len(ticks) >= 2:
        return ticks
    return [low * 1.02, (low * high) ** 0.5, high * 0.98]
