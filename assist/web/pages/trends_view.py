"""The report on trends -> what its page and its file show."""

from collections.abc import Mapping

from assist.domain.trends import Trends
from assist.service.trends.told import SPEEDS, changes_of, speed_says, took_says
from assist.web.pages.trends_words import RATES, WORDS, short
from assist.web.plots.trends import volume_plot

View = Mapping[str, object]


def view_of(found: Trends) -> View:
    """What the template fills in."""
    return {
        "found": found,
        "changes": tuple(changes_of(found.volumes)),
        "volume_plot": volume_plot(found),
        **words(),
    }


def words() -> View:
    """What it fills in where there is nothing to show."""
    return {
        "w": WORDS,
        "speeds": SPEEDS,
        "rates": RATES,
        "short": short,
        "speed_says": speed_says,
        "took_says": took_says,
    }
