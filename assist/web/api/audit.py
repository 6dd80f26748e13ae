"""`/v1/audit`: who saw and did what."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime, Field

from assist.domain.audit import AuditEntry, AuditQuery
from assist.domain.base import Model
from assist.service.desk import Desk
from assist.web.api.answers import ANY, STORE, problems
from assist.web.api.suggestions import FIRST, LAST

router = APIRouter(prefix="/v1/audit", tags=["service"])
When = Annotated[AwareDatetime, Field(ge=FIRST, le=LAST)] | None
Text = Annotated[str | None, Query(max_length=200)]


class AuditEntries(Model):
    """Entries of the audit log, the newest first."""

    entries: tuple[AuditEntry, ...]
    next: str | None = Field(description="`before` of the next page; none where this is the last")


@router.get(
    "",
    operation_id="list_audit",
    summary="The audit log",
    responses=problems(*ANY, *STORE),
)
def audit(
    request: Request,
    *,
    since: Annotated[
        When,
        Query(description="From then on, with its offset", examples=["2026-11-20T00:00:00Z"]),
    ] = None,
    until: Annotated[
        When, Query(description="Before then", examples=["2026-11-21T00:00:00Z"])
    ] = None,
    who: Annotated[Text, Query(description="The id of a key or a person")] = None,
    what: Annotated[Text, Query(description="The id of an operation")] = None,
    about: Annotated[Text, Query(description="An id: of a case, a suggestion, a grant …")] = None,
    before: Annotated[Text, Query(description="The id of an entry: only older ones")] = None,
    limit: Annotated[int, Query(ge=1, le=1_000, description="How many")] = 100,
) -> AuditEntries:
    """What was seen, done, denied and failed, by ids. What was seen may be a second behind."""
    desk: Desk = request.app.state.desk
    query = AuditQuery(
        since=since, until=until, who=who, what=what, about=about, before=before, limit=limit
    )
    found = desk.parts.audit.listed(query)
    return AuditEntries(entries=found, next=found[-1].id if len(found) == limit else None)
