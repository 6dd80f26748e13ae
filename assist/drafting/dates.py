"""A moment -> the words a customer reads, in their language and their time zone."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from assist.drafting.tone import tone


def in_words(moment: datetime, time_zone: str, words: Mapping[str, str] | None = None) -> str:
    """E.g. "Tuesday 24 November 2026, 17:00 (London time)", by the words of a tone.

    The process's locale has no part in it.
    """
    return _told("moment", moment, time_zone, words or tone())


def day_in_words(moment: datetime, time_zone: str, words: Mapping[str, str] | None = None) -> str:
    """The day alone, "Tuesday 24 November 2026": for what takes days, an hour says too much."""
    return _told("day", moment, time_zone, words or tone())


def _told(entry: str, moment: datetime, time_zone: str, said: Mapping[str, str]) -> str:
    local = moment.astimezone(ZoneInfo(time_zone))
    return said[entry].format(
        weekday=said["weekdays"].split()[local.weekday()],
        day=said["first_day"] if local.day == 1 else local.day,
        month=said["months"].split()[local.month - 1],
        year=local.year,
        hour=f"{local:%H}",
        minute=f"{local:%M}",
        zone=time_zone.rsplit("/", 1)[-1].replace("_", " "),
    )
