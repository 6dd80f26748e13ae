"""A moment -> the words a customer reads, in their time zone."""

from datetime import datetime
from zoneinfo import ZoneInfo


def in_words(moment: datetime, time_zone: str) -> str:
    """E.g. "Tuesday 24 November 2026, 17:00 (Europe/London)"."""
    local = moment.astimezone(ZoneInfo(time_zone))
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M} ({time_zone})"
