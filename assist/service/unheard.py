"""The telemetry of a process that nobody watches."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assist.domain.suggestion import Suggestion, Trace


class Unheard:
    """A `Telemetry` that keeps nothing."""

    def stepped(self, trace: "Trace") -> None:
        """Nothing."""

    def suggested(self, suggestion: "Suggestion") -> None:
        """Nothing."""
