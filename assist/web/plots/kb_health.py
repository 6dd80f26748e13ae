"""The health of a knowledge base drawn: what is used most, and when reviews are due."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from assist.domain.kb_health import ArticleHealth
from assist.web.plots.canvas import ACCENT, BAD, GOOD, INK, LINE, WARN, drawn

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHOWN = 12
"""Articles drawn, those shown most."""
TITLE = 26
"""Characters of a title beside its bar."""
BAR, AROUND = 20.0, 60.0
SOON = timedelta(days=30)


def use_plot(articles: Sequence[ArticleHealth]) -> str:
    """Tickets that were shown an article, and, darker, whose reply cites it; empty without any."""
    most = sorted(articles, key=lambda one: (-one.shown, one.document_id))
    shown = [one for one in most if one.shown][:SHOWN]
    if not shown:
        return ""

    def draw(figure: "Figure") -> None:
        from matplotlib.ticker import MaxNLocator

        axes = figure.add_subplot()
        places = list(range(len(shown)))
        axes.barh(places, [one.shown for one in shown], color=LINE, height=0.7)
        axes.barh(places, [one.cited for one in shown], color=ACCENT, height=0.7)
        axes.set_yticks(places, [_short(one.title or one.document_id) for one in shown])
        axes.invert_yaxis()
        axes.set_xlabel("tickets: shown, of them cited")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))

    return drawn("kb-use", BAR * len(shown) + AROUND, draw)


def reviews(articles: Sequence[ArticleHealth], on: date) -> tuple[tuple[str, int], ...]:
    """How many articles by when their review is due, in words."""
    due = [one.review_due for one in articles]
    return (
        ("overdue", sum(day is not None and day < on for day in due)),
        ("within 30 days", sum(day is not None and on <= day <= on + SOON for day in due)),
        ("later", sum(day is not None and day > on + SOON for day in due)),
        ("no day set", sum(day is None for day in due)),
    )


def review_plot(articles: Sequence[ArticleHealth], on: date) -> str:
    """A bar for each of `reviews`, with its number; empty without articles."""
    counted = reviews(articles, on)
    if not articles:
        return ""

    def draw(figure: "Figure") -> None:
        axes = figure.add_subplot()
        numbers = [number for _, number in counted]
        bars = axes.barh(range(len(counted)), numbers, color=(BAD, WARN, GOOD, LINE), height=0.6)
        axes.bar_label(bars, [str(number) for number in numbers], padding=4, color=INK)
        axes.set_yticks(range(len(counted)), [name for name, _ in counted])
        axes.set_xlim(0, max(numbers) * 1.15)
        axes.set_xticks([])
        axes.invert_yaxis()

    return drawn("kb-reviews", BAR * 2 * len(counted), draw)


def _short(text: str) -> str:
    return text if len(text) <= TITLE else f"{text[: TITLE - 1]}…"
