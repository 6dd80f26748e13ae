"""`/v1/check-draft`: what an agent typed, checked sentence by sentence."""

from functools import partial

from fastapi import APIRouter, Depends, Request

from assist.domain.draft_check import CheckedDraft, DraftToCheck
from assist.service.desk import Desk
from assist.web.access import level_asked
from assist.web.api.answers import ANY, BODY, KNOWLEDGE, problems
from assist.web.api.suggestions import At, Level
from assist.web.negotiation import only_json
from assist.web.worker import Worker

router = APIRouter(prefix="/v1/check-draft", tags=["suggestions"])


@router.post(
    "",
    operation_id="check_draft",
    summary="Check a draft",
    responses=problems(*ANY, *BODY, *KNOWLEDGE),
    dependencies=[Depends(only_json)],
)
async def check_draft(
    draft: DraftToCheck,
    request: Request,
    at: At = None,
    level: Level = None,
) -> CheckedDraft:
    """Each sentence of a reply with its support, the quotes it rests on, and what is wrong with it.

    With `passages` it is checked against these texts; with a `ticket` against what is found for
    it, and its promises against what `level` may grant and the time the customer must hear by.
    Nothing is kept.
    """
    desk: Desk = request.app.state.desk
    worker: Worker = request.app.state.worker
    level = await level_asked(request, level)
    return await worker.run(partial(desk.check_draft, draft, at=at, level=level))
