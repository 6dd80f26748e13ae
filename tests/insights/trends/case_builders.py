"""Cases as trends count them, a few at a time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from assist.domain.seen_case import SeenCase

FIRST = datetime(2026, 6, 1, tzinfo=UTC)
"""A Monday."""
DAY = timedelta(days=1)


def a_case(number: int = 1, day: float = 0, **fields: Any) -> SeenCase:
    """Case `case-NUMBER` of customer `c-NUMBER` about orders, solved by one reply."""
    given: dict[str, Any] = {
        "case_id": f"case-{number}",
        "ticket_id": f"t-{number}",
        "customer_id": f"c-{number}",
        "came_at": FIRST + day * DAY,
        "dated": True,
        "status": "solved",
        "category": "orders",
        "statement": "The parcel did not arrive.",
        "ended": True,
        "decided": 1,
        "replies": 1,
    }
    return SeenCase(**(given | fields))


def some_cases(*days: float, first: int = 1, **fields: Any) -> list[SeenCase]:
    """A case on each of these days."""
    return [a_case(first + place, day, **fields) for place, day in enumerate(days)]
