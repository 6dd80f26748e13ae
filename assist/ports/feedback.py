"""Keeps what agents did with suggestions."""

from datetime import datetime
from typing import Protocol

from assist.domain.feedback import Feedback


class FeedbackStore(Protocol):
    """The feedback of one workspace; it is only ever added to."""

    def add(self, feedback: Feedback) -> Feedback:
        """Keep it; the same key for the same suggestion again is what was kept.

        Raises `NotFound` for a suggestion that is not kept, `AlreadyDone` where the key is that of
        something else, and `BadInput` for what cannot be stored.
        """
        ...

    def of_suggestion(self, suggestion_id: str) -> tuple[Feedback, ...]:
        """All about a suggestion, oldest first."""
        ...

    def since(self, at: datetime) -> tuple[Feedback, ...]:
        """All that was given at that time or later, oldest first."""
        ...
