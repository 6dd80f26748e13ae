"""Leaves an endpoint alone that keeps failing, then lets one call try whether it is back."""

import time
from collections.abc import Callable

from assist.domain.endpoint import Rest
from assist.errors import ModelBusy


class Breaker:
    """Counts failures in a row. Used by one thread."""

    def __init__(self, rest: Rest, now: Callable[[], float] = time.monotonic) -> None:
        self._rest, self._now = rest, now
        self._failures = 0
        self._again_at = 0.0
        self._trying = False

    def enter(self) -> None:
        """Ask whether a request may be sent; `leave` must follow. Raises `ModelBusy` if not."""
        if self._failures < self._rest.after_failures:
            return
        wait = self._again_at - self._now()
        if wait > 0 or self._trying:
            when = f"in {wait:.1f} s" if wait > 0 else "at this moment"
            raise ModelBusy(
                f"{self._failures} calls failed in a row; the next is tried {when}",
                cure="check the endpoint; drafts are extractive until it answers again",
            )
        self._trying = True

    def leave(self) -> None:
        """The request is over, however it ended."""
        self._trying = False

    def succeeded(self) -> None:
        """The endpoint works."""
        self._failures = 0

    def failed(self) -> None:
        """It does not: overloaded, broken, out of reach or silent."""
        self._failures += 1
        self._again_at = self._now() + self._rest.seconds
