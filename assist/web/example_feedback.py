"""Examples of feedback in the OpenAPI document."""

from typing import Any

from assist.domain.feedback import Feedback
from assist.service.giving_feedback import FeedbackRequest
from assist.web.api.feedback import FeedbackGiven
from assist.web.examples import NOW, a_suggestion

EDITED = FeedbackRequest(
    key="f-1", by="Mo Ito", kind="edited", text="We will check on this, and write to you today."
)
REJECTED = FeedbackRequest(key="f-2", by="Mo Ito", kind="rejected", reason="another product")


def feedback_requests() -> dict[str, Any]:
    """What an agent did, in two ways."""
    return {
        "edited": EDITED.model_dump(mode="json", exclude_unset=True),
        "rejected": REJECTED.model_dump(mode="json", exclude_unset=True),
    }


def an_edit() -> Feedback:
    """That the draft was edited, and how far."""
    return Feedback(
        suggestion_id=a_suggestion().id,
        key=EDITED.key,
        kind=EDITED.kind,
        at=NOW,
        by=EDITED.by,
        distance=0.375,
    )


def all_feedback() -> FeedbackGiven:
    """What was done with one suggestion."""
    return FeedbackGiven(feedback=(an_edit(),))
