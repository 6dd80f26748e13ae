"""`/v1/ingest`: documents or files in, as a job; how far it is, and what came of it."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, Self, TypeVar

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import (
    ConfigDict,
    Field,
    JsonValue,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationError,
    model_validator,
)
from starlette.concurrency import run_in_threadpool

from assist.domain.base import Model
from assist.domain.jobs import Job, SentAs
from assist.domain.knowledge import Audience, Kind
from assist.errors import DiskFull, NotFound, TooMany
from assist.ports import Upload
from assist.service.desk import Desk
from assist.service.jobs import check_room, new_id, new_job
from assist.service.merging import Prune
from assist.service.sent import DOCUMENTS
from assist.web.api.answers import ANY, BODY, STORE, Answers, problems
from assist.web.multipart import FILES, receive_form
from assist.web.negotiation import JSON, is_json

FORM = "multipart/form-data"
PRUNE = "Drop what came under this `source` before and is not sent now"
router = APIRouter(prefix="/v1/ingest", tags=["knowledge"])

Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", json_schema_extra={"format": "date"})]
Name = Annotated[StrictStr, Field(min_length=1, max_length=500)]


class SentDocument(Model):
    """One document: a row of a `corpus.jsonl`, with what decides who may read it beside it."""

    model_config = ConfigDict(coerce_numbers_to_str=False)

    id: Name | StrictInt = Field(description="The id in every output; the same id replaces it")
    title: str = ""
    text: str
    kind: Kind | None = None
    audience: Audience | None = None
    language: Name | None = None
    regions: tuple[Name, ...] = ()
    products: tuple[Name, ...] = ()
    tiers: tuple[Name, ...] = ()
    effective: Day | None = Field(default=None, description="Holds from this day")
    expires: Day | None = Field(default=None, description="Holds no more on this day")
    version: Name | None = None
    metadata: dict[str, JsonValue] = Field(default_factory=dict)

    def row(self) -> bytes:
        """As a line of a `corpus.jsonl`."""
        own = self.model_dump(include={"title", "text"}) | {"_id": self.id}
        stated = self.model_dump(
            mode="json", exclude={"id", "title", "text", "metadata"}, exclude_defaults=True
        )
        return json.dumps(own | {"metadata": self.metadata | stated}).encode() + b"\n"


class Options(Model):
    """How what is sent is taken."""

    kind: Kind | None = Field(default=None, description="Of what does not say itself what it is")
    prune: bool = Field(default=False, description=PRUNE)
    source: str | None = Field(
        default=None,
        description="The name under which you keep what you send",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_. -]{0,99}$",
    )

    @model_validator(mode="after")
    def _prunes_what_has_a_name(self) -> Self:
        if self.prune and self.source is None:
            raise ValueError("prune needs a source: what came under no name cannot be told apart")
        return self


class IngestRequest(Options):
    """Documents to add, or to put in the place of those with the same ids."""

    prune: StrictBool = Field(default=False, description=PRUNE)
    documents: tuple[SentDocument, ...] = Field(min_length=1)


Asked = TypeVar("Asked", bound=Options)


class Jobs(Model):
    """Ingest jobs, the newest first."""

    jobs: tuple[Job, ...]


LOCATION = {"description": "Where the job is told of", "schema": {"type": "string"}}
ACCEPTED: Answers = {202: {"description": "Accepted", "headers": {"Location": LOCATION}}}


def _request_body() -> dict[str, Any]:
    """What FastAPI cannot know of a route that reads its body itself."""
    asked = IngestRequest.model_json_schema()
    asked["properties"]["documents"]["items"] = asked.pop("$defs")["SentDocument"]
    form = Options.model_json_schema()
    file = {"type": "string", "format": "binary"}
    form["properties"][FILES] = {"type": "array", "items": file, "minItems": 1}
    form["required"] = [FILES]
    sample = {"id": "reset", "title": "Reset the hub", "text": "Hold the button for ten seconds."}
    example = {"documents": [sample], "source": "wiki", "prune": True}
    content = {JSON: {"schema": asked, "example": example}, FORM: {"schema": form}}
    return {"requestBody": {"required": True, "content": content}}


@router.post(
    "",
    operation_id="ingest",
    summary="Add documents or files to the knowledge base",
    status_code=202,
    responses=problems(*ANY, *BODY, TooMany, *STORE, DiskFull) | ACCEPTED,
    openapi_extra=_request_body(),
)
async def ingest(request: Request, response: Response) -> Job:
    """Takes what is sent and answers with a job; what it comes to is told at `Location`.

    What is served stays as it is until the job is built, and if it fails.
    """
    take = _documents if is_json(request.headers) else TAKE.get(_media_type(request))
    if take is None:
        raise HTTPException(415, f"send {JSON} or {FORM}")
    desk: Desk = request.app.state.desk
    await run_in_threadpool(check_room, desk.parts.jobs)
    job_id = new_id()
    with desk.parts.uploads.receive(job_id) as upload:
        sent_as, options = await take(request, upload, desk.parts.uploads.limit)
        upload.end()
        made = new_job(
            job_id,
            desk.parts.clock,
            sent_as=sent_as,
            source=options.source or "",
            kind=options.kind,
            prune=Prune.GONE if options.prune else Prune.NOTHING,
        )
        await run_in_threadpool(desk.parts.jobs.add, made, None, desk.parts.home)
    response.headers["Location"] = f"{router.prefix}/{job_id}"
    return made


@router.get(
    "",
    operation_id="list_ingest_jobs",
    summary="The latest ingest jobs",
    responses=problems(*ANY, *STORE),
)
def jobs(
    request: Request, limit: Annotated[int, Query(ge=1, le=100, description="How many")] = 20
) -> Jobs:
    """Jobs of this API and of `assist ingest` beside it, the newest first."""
    desk: Desk = request.app.state.desk
    return Jobs(jobs=desk.parts.jobs.latest(limit))


@router.get(
    "/{job_id}",
    operation_id="get_ingest_job",
    summary="How far an ingest job is",
    responses=problems(*ANY, NotFound, *STORE),
)
def job(
    job_id: Annotated[str, Path(description="The `id` of a job", examples=["j-3c1f0f2a9b7d4e58"])],
    request: Request,
) -> Job:
    """State and progress; at the end the report, or what went wrong and what to do."""
    if not job_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no ingest job {job_id!r}")
    desk: Desk = request.app.state.desk
    return desk.parts.jobs.get(job_id)


async def _documents(request: Request, upload: Upload, _limit: int) -> tuple[SentAs, Options]:
    asked = _fitting(IngestRequest, _parsed(await request.body()))

    def keep() -> None:
        upload.begin(DOCUMENTS)
        for document in asked.documents:
            upload.write(document.row())

    await run_in_threadpool(keep)
    return "documents", asked


async def _files(request: Request, upload: Upload, limit: int) -> tuple[SentAs, Options]:
    return "files", _fitting(Options, await receive_form(request, upload, limit))


Take = Callable[[Request, Upload, int], Awaitable[tuple[SentAs, Options]]]
TAKE: Mapping[str, Take] = {JSON: _documents, FORM: _files}
"""How a body is taken, by its media type."""


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _parsed(body: bytes) -> Any:
    """The JSON, refused as bodies of other routes are."""
    try:
        return json.loads(body)
    except json.JSONDecodeError as error:
        said = {"type": "json_invalid", "loc": ("body", error.pos), "ctx": {"error": error.msg}}
        raise RequestValidationError([said]) from error
    except (ValueError, RecursionError) as error:  # no UTF-8, or numbers and nesting without end
        raise HTTPException(400, "There was an error parsing the body") from error


def _fitting(kind: type[Asked], data: Any) -> Asked:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error
