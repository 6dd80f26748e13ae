"""How long an answer is taken for what it was, so that not every search has to ask again."""

import time

LATELY = 0.2
"""Seconds. To ask which generation serves takes PostgreSQL 2 ms, a third of a search; what another
replica publishes may be this much late, and so may the news of it be on the way."""


class Freshness:
    """When something was asked last. Threads may share it: at worst two of them ask."""

    def __init__(self, seconds: float = LATELY) -> None:
        self._seconds = seconds
        self._at = float("-inf")

    def lately(self) -> bool:
        """Whether the last answer still holds."""
        return time.monotonic() - self._at < self._seconds

    def now(self) -> None:
        """It has just been asked."""
        self._at = time.monotonic()

    def forget(self) -> None:
        """What was answered last holds no longer."""
        self._at = float("-inf")
