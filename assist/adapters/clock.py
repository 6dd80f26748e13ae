"""The present, from the machine's clock: the only place that reads it."""

from datetime import UTC, datetime


class SystemClock:
    """`ports.Clock` in UTC."""

    def now(self) -> datetime:
        """The present, in UTC."""
        return datetime.now(UTC)
