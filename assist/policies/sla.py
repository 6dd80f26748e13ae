"""Business hours: when a clock that starts now runs out, in a region's calendar and time zone.

Hours are counted on the time line, not on the face of the clock: a working day on which the
clocks change is as long as it really is.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from assist.domain.sla import Calendar, Sla
from assist.policies.public_holidays import is_day_off

MAX_HOURS = Decimal(10_000)
"""Nearly five years of working days; a longer target is a mistake in a file."""

_END_OF_DAY = "24:00"
_MICROSECONDS = 3_600_000_000
"""In an hour."""


def calendar_for(sla: Sla, region: str | None) -> Calendar:
    """The calendar of the region, else of the default region, else the first there is."""
    by_region = {calendar.region: calendar for calendar in sla.calendars}
    return by_region.get(region or "") or by_region.get(sla.default_region) or sla.calendars[0]


def around_the_clock(calendar: Calendar) -> Calendar:
    """The same region and time zone with every hour of every day."""
    always = {"opens": "00:00", "closes": _END_OF_DAY, "weekdays": tuple(range(7))}
    none = {"public_holidays": "", "holidays": (), "not_holidays": ()}
    return calendar.model_copy(update={**always, **none})


def add_business_hours(calendar: Calendar, start: datetime, hours: Decimal) -> datetime:
    """The moment `hours` business hours after `start`, in UTC.

    With no hours to add, the next moment of business. `start` needs a time zone and `hours` lie
    between 0 and `MAX_HOURS`, else `ValueError`.
    """
    if not 0 <= hours <= MAX_HOURS:
        raise ValueError(f"{hours} hours are not between 0 and {MAX_HOURS}")
    return add_business_time(calendar, start, time_of(hours))


def add_business_time(calendar: Calendar, start: datetime, length: timedelta) -> datetime:
    """As `add_business_hours`, for a length that is not negative, exact to the microsecond."""
    left = length
    for opens, closes in _business(calendar, _utc(start)):
        if opens + left <= closes:
            return opens + left
        left -= closes - opens
    raise ValueError("the calendar has no business hours")


def business_hours_between(calendar: Calendar, start: datetime, end: datetime) -> Decimal:
    """Business hours from `start` to `end`; 0 where `end` is not later. Both need a time zone."""
    total = business_time_between(calendar, start, end)
    return Decimal(total // timedelta(microseconds=1)) / _MICROSECONDS


def business_time_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """As `business_hours_between`, exact to the microsecond."""
    total, until = timedelta(), _utc(end)
    for opens, closes in _business(calendar, _utc(start)):
        if opens >= until:
            break
        total += min(closes, until) - opens
    return total


def time_of(hours: Decimal) -> timedelta:
    """Hours as a length of time, to the microsecond."""
    return timedelta(microseconds=round(hours * _MICROSECONDS))


def opening_hours(calendar: Calendar) -> tuple[time, timedelta]:
    """When business opens and how long after the day began it closes. Raises `ValueError`."""
    opens = time.fromisoformat(calendar.opens)
    closes = timedelta(days=1) if calendar.closes == _END_OF_DAY else _of_day(calendar.closes)
    if closes <= _of_day(calendar.opens):
        raise ValueError(f"closes at {calendar.closes}, not after it opens at {calendar.opens}")
    return opens, closes


def _business(calendar: Calendar, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Spans of business in UTC from `start` on, in order, as long as days last."""
    zone = ZoneInfo(calendar.time_zone)
    opens, closes = opening_hours(calendar)
    day = start.astimezone(zone).date() - timedelta(days=1)
    idle = 0
    while idle < _IDLE_DAYS:
        day += timedelta(days=1)
        if day.weekday() not in calendar.weekdays or is_day_off(calendar, day):
            idle += 1
            continue
        idle = 0
        begin = _utc(datetime.combine(day, opens, zone))
        finish = _at(day, closes, zone)
        if finish > start:
            yield max(begin, start), finish


_IDLE_DAYS = 366
"""A year without a day of business is a calendar without business."""


def _at(day: date, since_midnight: timedelta, zone: ZoneInfo) -> datetime:
    wall = datetime.combine(day, time()) + since_midnight
    return _utc(wall.replace(tzinfo=zone))


def _of_day(clock: str) -> timedelta:
    at = time.fromisoformat(clock)
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


def zoned(moment: datetime) -> datetime:
    """The moment with a zone; one without is read as UTC."""
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC)
