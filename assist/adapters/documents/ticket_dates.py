"""A date or a time as helpdesks write it -> ISO 8601.

Only what has one meaning is read: `02/11/2026` is November here and February there, and stays out.
"""

import re
from datetime import UTC, date, datetime

_STAMP = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?) ?"
    r"(UTC|GMT|Z|[+-]\d\d(?::?\d\d)?)?",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:,? (\d{1,2}):(\d\d)(?::(\d\d))?)?")
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d{1,9})?")
_EPOCH_MILLISECONDS = re.compile(r"(\d{12,13})")


def iso_time(written: str) -> str:
    """The date, or the time with its offset where it has one, in ISO 8601.

    Raises `ValueError` where it is none, or could be two different days.
    """
    if match := _STAMP.fullmatch(written):
        day, time, zone = match.groups()
        offset = {"utc": "+00:00", "gmt": "+00:00", "z": "+00:00", "": ""}
        folded = (zone or "").lower()
        return datetime.fromisoformat(f"{day}T{time}{offset.get(folded, folded)}").isoformat()
    if match := _SLASHED.fullmatch(written):
        return _slashed(match)
    for pattern, unit in ((_EPOCH, 1), (_EPOCH_MILLISECONDS, 1000)):
        if match := pattern.fullmatch(written):
            return datetime.fromtimestamp(int(match[1]) // unit, UTC).isoformat()
    return date.fromisoformat(written).isoformat()


def _slashed(match: re.Match[str]) -> str:
    """Day and month in either order, where only one order is a date or both are the same day."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if first <= 12 and second <= 12 and first != second:
        raise ValueError("could be two different days")
    day, month = (second, first) if second > 12 else (first, second)
    if match[5] is None:
        return date(year, month, day).isoformat()
    return datetime(year, month, day, int(match[5]), int(match[6]), int(match[7] or 0)).isoformat()
