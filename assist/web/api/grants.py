"""`/v1/grants`: what customers were granted, judged as it is kept; the ledger that caps count.

The level of whoever grants is that of their key, or below it; where nobody needs a key, it is what
the caller says.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import AwareDatetime, Field

from assist.domain.base import Model
from assist.domain.grants import Granted
from assist.errors import AlreadyDone, DiskFull, NotFound, NotPermitted
from assist.service import granting
from assist.service.access import level_for
from assist.service.desk import Desk
from assist.service.grant_requests import By, GrantRequest, Name
from assist.web.access import bearer
from assist.web.api.answers import ANY, BODY, KNOWLEDGE, STORE, Answers, problems
from assist.web.api.suggestions import FIRST, LAST
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1/grants", tags=["grants"])
CREATED: Answers = {
    201: {
        "description": "Created",
        "headers": {
            "Location": {"description": "Where it is told of", "schema": {"type": "string"}}
        },
    }
}
"""What a route declares that keeps something new."""
GrantId = Annotated[str, Path(description="The `id` of a grant", examples=["t-1-credit"])]


class Grants(Model):
    """What one customer was granted, oldest first; what was taken back says so."""

    grants: tuple[Granted, ...]


class VoidRequest(Model):
    """Why a grant is taken back, and by whom."""

    by: By
    reason: Annotated[str, Field(min_length=1, max_length=2_000)]


@router.post(
    "",
    operation_id="grant",
    summary="Grant an action to a customer",
    status_code=201,
    responses=problems(*ANY, *BODY, NotPermitted, NotFound, AlreadyDone, *KNOWLEDGE, DiskFull)
    | CREATED,
    dependencies=[Depends(only_json)],
)
def grant(asked: GrantRequest, request: Request, response: Response) -> Granted:
    """Judged with all that the customer was granted before, and kept where `level` may.

    Requests at the same moment never pass a cap together. The same request again, by the same
    `id`, is answered with the grant that was kept. What is on record about the customer goes
    before the `facts` that are sent. 403 says why not, who may, and what instead.
    """
    desk: Desk = request.app.state.desk
    told = asked.level if "level" in asked.model_fields_set else None
    asked = asked.model_copy(update={"level": level_for(desk, bearer(request), told)})
    opened = desk.opened()
    on_record = granting.facts_on_record(opened.records, asked.customer_id)
    kept = granting.grant(desk.parts, opened.policy_set, asked, on_record)
    response.headers["Location"] = f"{router.prefix}/{kept.id}"
    return kept


@router.get(
    "",
    operation_id="list_grants",
    summary="What a customer was granted",
    responses=problems(*ANY, *STORE),
)
def grants(
    request: Request,
    customer_id: Annotated[Name, Query(description="Of the customer", examples=["c-1001"])],
    since: Annotated[
        Annotated[AwareDatetime, Field(ge=FIRST, le=LAST)],
        Query(
            description="The first moment that counts, with its offset from UTC; else from ever.",
            examples=["2026-08-22T00:00:00Z"],
        ),
    ] = FIRST,
) -> Grants:
    """All of them, oldest first, with those that were taken back."""
    desk: Desk = request.app.state.desk
    return Grants(grants=granting.granted_to(desk.parts, customer_id, since))


@router.get(
    "/{grant_id}",
    operation_id="get_grant",
    summary="A grant",
    responses=problems(*ANY, NotFound, *STORE),
)
def one_grant(grant_id: GrantId, request: Request) -> Granted:
    """What was granted, by whom and by which clauses; whether it was taken back."""
    desk: Desk = request.app.state.desk
    return desk.parts.grants.get(_known(grant_id))


@router.post(
    "/{grant_id}/void",
    operation_id="void_grant",
    summary="Take a grant back",
    responses=problems(*ANY, *BODY, NotFound, *STORE, DiskFull),
    dependencies=[Depends(only_json)],
)
def void_grant(grant_id: GrantId, asked: VoidRequest, request: Request) -> Granted:
    """From now on it counts for nothing; it stays in the ledger. One taken back before stays so."""
    desk: Desk = request.app.state.desk
    return granting.void(desk.parts, _known(grant_id), by=asked.by, reason=asked.reason)


def _known(grant_id: str) -> str:
    if not grant_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no grant {grant_id!r}")
    return grant_id
