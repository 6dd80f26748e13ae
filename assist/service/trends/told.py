"""The report on trends in words and as a table for a spreadsheet."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from assist.domain.trends import Rate, RateName, Speed, SpeedName, Took, Trends, Volume

RATES: Mapping[RateName, str] = {
    "came_back": "came back",
    "satisfied": "satisfied (rated 4 or 5)",
    "escalated": "escalated",
    "set_aside": "suggestions set aside",
}
SPEEDS: Mapping[SpeedName, str] = {
    "first_response": "first response",
    "resolution": "resolution",
}
COLUMNS = ("category", "step", "first_day", "cases")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run."""


def summary(found: Trends) -> str:
    """The time, and how much there is, in one sentence."""
    return (
        f"{found.since:%Y-%m-%d} to {found.until:%Y-%m-%d %H:%M} UTC: {found.cases} cases, "
        f"{found.before} in the time of the same length before; {found.open} are still open"
    )


def speed_says(speed: Speed) -> str:
    """One line: the middle by the clock and in business hours, and of how many."""
    if not speed.wall.n:
        return f"not known for any of {speed.of} cases"
    told = f"{took_says(speed.wall)}; known for {speed.wall.n} of {speed.of} cases"
    if speed.business.median is not None:
        told += f"; {took_says(speed.business)} of business"
    if speed.before.median is not None:
        told += f"; before {speed.before.median:.1f} h (of {speed.before.n})"
    return told


def took_says(took: Took) -> str:
    """The middle, with its interval where there are enough."""
    if took.median is None:
        return "not known"
    if took.low is None or took.high is None or took.slow is None:
        return f"half within {took.median:.1f} h (only {took.n})"
    return (
        f"half within {took.median:.1f} h ({took.low:.1f} to {took.high:.1f}), "
        f"nine in ten within {took.slow:.1f} h"
    )


def rate_says(rate: Rate) -> str:
    """One line: the share, the share before, and whether chance may have made the difference."""
    told = f"{rate.now.says}; before: {rate.before.says}"
    return told + ("; a difference beyond chance" if rate.differs else "")


def changes_of(volumes: Sequence[Volume]) -> Iterator[str]:
    """Each change in a sentence."""
    for volume in volumes:
        for change in volume.changes:
            yield f"{volume.category}: {change.says}"


def as_csv(found: Trends) -> str:
    """A row for each category and step."""
    written = StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    for volume in found.volumes:
        for first, count in zip(found.steps, volume.counts, strict=True):
            table.writerow((cell(volume.category), found.step, first, count))
    return written.getvalue()


def cell(text: str) -> str:
    """A text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(FORMULA) else text
