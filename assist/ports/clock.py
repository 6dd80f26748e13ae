"""Knows the time."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """The present, with a time zone."""
        ...
