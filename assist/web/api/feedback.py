"""`/v1/suggestions/{id}/feedback`: what agents did with a suggestion."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request

from assist.domain.base import Model
from assist.domain.feedback import Feedback
from assist.errors import AlreadyDone, DiskFull, NotFound
from assist.service.desk import Desk
from assist.service.giving_feedback import FeedbackRequest, give
from assist.web.api.answers import ANY, BODY, STORE, problems
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1/suggestions/{suggestion_id}/feedback", tags=["suggestions"])
SuggestionId = Annotated[
    str, Path(description="The `id` of a suggestion", examples=["s-3c1f0f2a9b7d4e58"])
]


class FeedbackGiven(Model):
    """All that was done with a suggestion, oldest first."""

    feedback: tuple[Feedback, ...]


@router.post(
    "",
    operation_id="give_feedback",
    summary="What was done with a suggestion",
    status_code=201,
    responses=problems(*ANY, *BODY, NotFound, AlreadyDone, *STORE, DiskFull),
    dependencies=[Depends(only_json)],
)
def give_feedback(
    suggestion_id: SuggestionId, asked: FeedbackRequest, request: Request
) -> Feedback:
    """Kept once per `key`. Of an edited text only the distance from the draft is kept."""
    desk: Desk = request.app.state.desk
    return give(desk.parts, _known(suggestion_id), asked)


@router.get(
    "",
    operation_id="list_feedback",
    summary="What was done with a suggestion before",
    responses=problems(*ANY, NotFound, *STORE),
)
def list_feedback(suggestion_id: SuggestionId, request: Request) -> FeedbackGiven:
    """All of it, oldest first."""
    desk: Desk = request.app.state.desk
    desk.suggestion(_known(suggestion_id))
    return FeedbackGiven(feedback=desk.parts.feedback.of_suggestion(suggestion_id))


def _known(suggestion_id: str) -> str:
    if not suggestion_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no suggestion {suggestion_id!r}")
    return suggestion_id
