"""Two days as somebody gave them -> the time that is looked at."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from assist.errors import BadInput

DAYS = 91
"""Looked back where nobody says since when: thirteen weeks."""
MOST_DAYS = 3_660
DAY = timedelta(days=1)


class Period(NamedTuple):
    """From a midnight in UTC on, the last moment out."""

    since: datetime
    until: datetime

    @property
    def before(self) -> datetime:
        """When the time of the same length before it begins."""
        return self.since - (self.until - self.since)


def period(now: datetime, since: date | None, until: date | None) -> Period:
    """From the one day to the end of the other, or until now. Raises `BadInput`."""
    last = min(_midnight(until) + DAY, now) if until else now
    first = _midnight(since) if since else _midnight(last.astimezone(UTC).date()) - DAYS * DAY
    if until and not now - MOST_DAYS * DAY <= last - DAY <= now:
        raise _outside(until, "until")
    if since and not now - MOST_DAYS * DAY <= first < now:
        raise _outside(since, "since")
    if first >= last:
        problem = f"{since} is after {until}"
        raise BadInput(problem, where="since", cure="give a first day that is not after the last")
    return Period(first, last)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _outside(day: date, where: str) -> BadInput:
    problem = f"{day} is not in the ten years before now"
    return BadInput(problem, where=where, cure="give a day in the past, as 2026-09-01")
