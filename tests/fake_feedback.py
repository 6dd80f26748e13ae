"""An in-memory stand-in for what agents did with suggestions."""

from datetime import datetime

from assist.adapters.postgres.feedback import check_same_feedback
from assist.adapters.postgres.rows import json_text, plain_text
from assist.domain.feedback import Feedback


class InMemoryFeedback:
    """`FeedbackStore` in a dict; which suggestions there are it leaves to who asks."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Feedback] = {}

    def add(self, feedback: Feedback) -> Feedback:
        json_text(feedback, f"feedback {feedback.key!r}")
        kept = self._kept.setdefault((feedback.suggestion_id, feedback.key), feedback)
        check_same_feedback(kept, feedback)
        return kept

    def of_suggestion(self, suggestion_id: str) -> tuple[Feedback, ...]:
        plain_text(suggestion_id, "suggestion_id")
        return tuple(f for f in self._kept.values() if f.suggestion_id == suggestion_id)

    def since(self, at: datetime) -> tuple[Feedback, ...]:
        return tuple(sorted((f for f in self._kept.values() if f.at >= at), key=lambda f: f.at))
