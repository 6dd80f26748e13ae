"""A drawing -> SVG for a page: colors are the page's custom properties, text is text.

A page of ours allows no inline style, so matplotlib's are turned into attributes of presentation.
The same drawing is the same SVG, letter by letter: it bears no date, and ids are salted by a name.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # half a second, and most processes draw nothing
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, QUIET, LINE, ACCENT = "#1c2430", "#566072", "#d9dee6", "#2f5fb3"
GOOD, WARN, BAD, CARD = "#176b3a", "#8a5200", "#a8201a", "#ffffff"
"""The light colors of the style sheet, by which a drawing asks for those of the page."""
NAMES = {
    INK: "ink", QUIET: "quiet", LINE: "line", ACCENT: "accent",
    GOOD: "good", WARN: "warn", BAD: "bad", CARD: "card",
}  # fmt: skip
WIDTH = 340
"""Units, which are pixels at full size; a phone shows a plot at four fifths of it."""
SIZE = 11
_LOCK = threading.Lock()
"""matplotlib's settings are those of the whole process."""
_RC: dict[Any, Any] = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.size": SIZE,
    "font.family": "sans-serif",
    "text.color": INK,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": LINE,
    "axes.linewidth": 1,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": SIZE,
    "axes.titlelocation": "left",
    "axes.titleweight": "normal",
    "axes.unicode_minus": False,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": QUIET,
    "ytick.labelcolor": QUIET,
    "xtick.labelsize": SIZE,
    "ytick.labelsize": SIZE,
    "figure.dpi": 72,
}

_STYLED = re.compile(r' style="([^"]*)"')
_COLOR = re.compile("|".join(NAMES), re.IGNORECASE)
_ID = re.compile(r'(\bid="|href="#|url\(#)')
_NOT_OURS = re.compile(r"<defs>\s*<style.*?</style>\s*</defs>|<metadata>.*?</metadata>", re.DOTALL)
_FONT = re.compile(r"^font(-family|-stretch|-variant)?$")


def drawn(name: str, height: float, draw: "Callable[[Figure], None]") -> str:
    """The SVG of what `draw` draws, `WIDTH` wide. `name` is in its ids: each its own in a page."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with _LOCK, rc_context(_RC | {"svg.hashsalt": name}):
        figure = Figure(figsize=(WIDTH / 72, height / 72), layout="constrained")
        figure.patch.set_visible(False)
        FigureCanvasSVG(figure)
        draw(figure)
        for axes in figure.axes:
            axes.patch.set_visible(False)
        written = StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return _for_pages(written.getvalue(), name)


@contextmanager
def bare(axes: "Axes") -> Iterator[None]:
    """Axes whose ticks are words without marks, once the block has drawn."""
    yield
    axes.tick_params(length=0)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)


def _for_pages(svg: str, name: str) -> str:
    inner = svg[svg.index("<svg") :]
    inner = _NOT_OURS.sub("", inner)
    inner = _STYLED.sub(lambda found: _attributes(found.group(1)), inner)
    inner = _COLOR.sub(lambda found: f"var(--{NAMES[found.group().lower()]})", inner)
    inner = _ID.sub(rf"\g<1>{name}-", inner)
    head, rest = inner.split(">", 1)
    view = re.search(r'viewBox="[^"]*"', head)
    if view is None:
        raise AssertionError("matplotlib's SVG has a viewBox")
    # What it shows stands in a table beside it, which whoever cannot see it reads instead.
    start = f'<svg class="plot" {view.group()} aria-hidden="true" focusable="false">'
    folded = re.sub(r">\s+<", "><", rest)
    return start + re.sub(r"<!--.*?-->", "", folded, flags=re.DOTALL).strip()


def _attributes(style: str) -> str:
    """Declarations as attributes of presentation; the page's own font stands."""
    said = [one.partition(":") for one in style.split(";") if one.strip()]
    told = []
    for name, _, stated in said:
        key, value = name.strip(), stated.strip().replace('"', "'")
        if key == "font":
            size = re.search(r"([\d.]+)px", value)
            told += [("font-size", size.group(1))] if size else []
            told += [("font-weight", "bold")] if re.search(r"\b(700|bold)\b", value) else []
        elif not _FONT.match(key):
            told.append((key, value))
    return "".join(f' {key}="{value}"' for key, value in told)
