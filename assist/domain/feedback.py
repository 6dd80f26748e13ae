"""What agents did with a suggestion, in the field's usual words."""

from datetime import datetime
from typing import Literal

from assist.domain.base import Model, Unit

FeedbackKind = Literal[
    "displayed",
    "clicked",
    "copied",
    "inserted",
    "edited",
    "rejected",
    "citation_opened",
    "correct",
    "incorrect",
]


class Feedback(Model):
    """One thing that an agent did with a suggestion, or said of it.

    `part` is what it was about: the draft, or the id of a candidate or a passage. `distance` is how
    far an edited text is from the draft: the share of words that are not in both, 0 to 1.
    """

    suggestion_id: str
    key: str
    kind: FeedbackKind
    at: datetime
    by: str
    part: str = "draft"
    reason: str = ""
    distance: Unit | None = None
