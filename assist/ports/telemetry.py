"""Hears how the work goes: for numbers and traces, never for what a ticket says."""

from typing import Protocol

from assist.domain.suggestion import Suggestion, Trace


class Telemetry(Protocol):
    """Whoever counts and traces. Quick, and never fails: nothing may wait for it."""

    def stepped(self, trace: Trace) -> None:
        """A step of a suggestion has just ended, in this thread."""
        ...

    def suggested(self, suggestion: Suggestion) -> None:
        """A suggestion is made."""
        ...
