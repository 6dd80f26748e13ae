"""The report on trends -> what its page and its file show."""

from collections.abc import Mapping

from assist.domain.trend_report import TrendReport
from assist.service.trends.lessons_told import (
    cost_says,
    due_to,
    effect_says,
    item_says,
    of_hundred,
)
from assist.service.trends.told import SPEEDS, changes_of, speed_says
from assist.web.pages.trends_words import RATES, WORDS, short
from assist.web.plots.trends import cost_plot, volume_plot

View = Mapping[str, object]


def view_of(found: TrendReport) -> View:
    """What the template fills in."""
    return {
        "found": found,
        "changes": tuple(changes_of(found.volumes)),
        "volume_plot": volume_plot(found),
        "cost_plot": cost_plot(found.systemic),
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
        "cost_says": cost_says,
        "item_says": item_says,
        "effect_says": effect_says,
        "of_hundred": of_hundred,
        "due_to": due_to,
    }
