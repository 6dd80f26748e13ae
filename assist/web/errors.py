"""Our errors -> problem+json (RFC 9457), by one table looked up along the error's MRO."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from assist import errors
from assist.web.headers import SECURITY
from assist.web.methods import allowed_methods

MEDIA_TYPE = "application/problem+json"
LONGEST = 1_000
"""Characters of a detail: what a caller sent is named in it, and need not come back whole."""


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of failure: what a program decides by. `cure` stands where the error has none."""

    name: str
    status: int
    title: str
    cure: str = ""

    @property
    def uri(self) -> str:
        """What identifies it, for good; this service says there what it means."""
        return f"/problems/{self.name}"


JSON_OBJECT = "send one JSON object in UTF-8, with Content-Type: application/json"
LATER = "try again later"
OF_ERRORS: Mapping[type[errors.AssistError], ProblemType] = {
    errors.AssistError: ProblemType(
        "fault", 500, "something failed on our side", "look at the server's log"
    ),
    errors.BadInput: ProblemType(
        "bad-input", 422, "the request does not fit", "see the schema at /openapi.json"
    ),
    errors.TooLarge: ProblemType(
        "too-large", 413, "the request is too large", "see the limits in docs/api.md"
    ),
    errors.TooMany: ProblemType("too-many", 429, "too many of these wait already", LATER),
    errors.NotFound: ProblemType("not-found", 404, "there is no such thing"),
    errors.TicketMoved: ProblemType("ticket-moved", 404, "the ticket was merged into another"),
    errors.Unauthenticated: ProblemType(
        "unauthenticated", 401, "no valid key was sent", "send Authorization: Bearer ak_…"
    ),
    errors.NotPermitted: ProblemType("not-permitted", 403, "the company's rules do not permit it"),
    errors.AlreadyDone: ProblemType("already-done", 409, "it has been done before, otherwise"),
    errors.WrongState: ProblemType(
        "wrong-state", 409, "its state does not allow this", "look at it again, then decide"
    ),
    errors.Stale: ProblemType(
        "stale", 409, "what it was decided on has changed", "look at the case again, then decide"
    ),
    errors.NotReady: ProblemType("not-ready", 503, "something must be done first", LATER),
    errors.NoIndex: ProblemType("nothing-ingested", 503, "there is no knowledge base to answer by"),
    errors.Unavailable: ProblemType("unavailable", 503, "a part we need does not answer", LATER),
    errors.HelpdeskUnavailable: ProblemType(
        "helpdesk-unavailable", 503, "the helpdesk does not answer", LATER
    ),
    errors.HelpdeskBusy: ProblemType("helpdesk-busy", 503, "the helpdesk asks to wait", LATER),
    errors.ModelFailure: ProblemType(
        "model-failed", 503, "the language model gave nothing that can be used", LATER
    ),
    errors.ModelUnreachable: ProblemType(
        "model-unreachable", 503, "the language model's endpoint does not answer", LATER
    ),
    errors.ModelRefused: ProblemType(
        "model-refused", 503, "the language model's endpoint refuses us", "see `assist doctor`"
    ),
    errors.ModelBusy: ProblemType(
        "model-busy", 503, "the language model's endpoint is overloaded", LATER
    ),
    errors.ModelTimedOut: ProblemType(
        "model-timed-out", 504, "the language model did not answer in time", LATER
    ),
    errors.ModelGarbled: ProblemType(
        "model-garbled", 502, "the language model's reply cannot be read", LATER
    ),
    errors.BudgetSpent: ProblemType(
        "budget-spent", 503, "what one suggestion may take of the model is used up", LATER
    ),
    errors.Overloaded: ProblemType("overloaded", 503, "too much is asked at once", LATER),
    errors.TookTooLong: ProblemType("took-too-long", 504, "it was not done in time", LATER),
    errors.DiskFull: ProblemType("disk-full", 507, "there is no space left to write"),
}
"""Every error answers as its nearest ancestor here. 4xx: change the request; 5xx: it is not you."""

OF_STATUSES: Mapping[int, ProblemType] = {
    400: ProblemType("unreadable-body", 400, "the body cannot be read", JSON_OBJECT),
    404: ProblemType(
        "no-such-path", 404, "there is no such path", "the paths there are stand in /openapi.json"
    ),
    405: ProblemType(
        "method-not-allowed",
        405,
        "the path has no such method",
        "the methods of each path stand in /openapi.json",
    ),
    406: ProblemType("not-acceptable", 406, "we cannot answer in a format that is accepted"),
    415: ProblemType("unsupported-media-type", 415, "the body is not JSON", JSON_OBJECT),
    429: ProblemType("too-often", 429, "more often than one key or person may ask", LATER),
    431: ProblemType(
        "headers-too-large", 431, "the headers are too large", "send fewer or shorter ones"
    ),
}
"""What the web framework and this layer refuse by a status."""

PROBLEM_TYPES = (*OF_ERRORS.values(), *OF_STATUSES.values())
SAID: Mapping[str, tuple[str, str]] = {
    "extra_forbidden": ("unknown field", "correct it or leave it out; "),
    "model_attributes_type": ("must be a JSON object", f"{JSON_OBJECT}; "),
    "model_type": ("must be a JSON object", ""),
    "dict_type": ("must be a JSON object", ""),
    "tuple_type": ("must be a list", ""),
    "too_short": ("must be a list of at least {min_length}", ""),
}
"""What we say, with the cure, for types of error whose own words are about Python."""
FORMATTED = frozenset({"too_short"})
"""Types of which our words have a number to fill in."""
OWN_FIELDS: Mapping[str, tuple[str, str]] = {
    "suggest": ("", "a ticket keeps what is yours in metadata; "),
    "open_case": ("", "a ticket keeps what is yours in metadata; "),
    "ingest": ("documents.", "a document keeps what is yours in metadata; "),
}
"""By operation id: where fields of the caller's own have a place, and what place."""
OVER_HTTP: Mapping[type[errors.AssistError], str] = {
    errors.NoIndex: "; over HTTP, send documents to POST /v1/ingest"
}
"""What a client can do that a cure for the command line does not say."""


class Problem(BaseModel):
    """Why a request failed (RFC 9457). `cure` says what to do, `where` names the field."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(description="Identifies the kind of problem, for good")
    title: str = Field(description="The kind of problem in words")
    status: int
    detail: str = Field(description="What is wrong with this request")
    cure: str | None = Field(default=None, description="What to do about it")
    where: str | None = Field(default=None, description="The field or the place")


def problem_type(error: type[errors.AssistError]) -> ProblemType:
    """The row of the nearest ancestor that the table names."""
    return next(OF_ERRORS[kind] for kind in error.__mro__ if kind in OF_ERRORS)


def status_of(error: type[errors.AssistError]) -> int:
    """The HTTP status that an error answers with."""
    return problem_type(error).status


def problem_of(error: errors.AssistError) -> Problem:
    """The problem document of one of our errors."""
    said = f"{error.where}: {error.problem}" if error.where else error.problem
    cure = error.cure + OVER_HTTP.get(type(error), "")
    return make_problem(problem_type(type(error)), said, cure=cure, where=error.where)


def when_again(error: errors.AssistError) -> Mapping[str, str] | None:
    """The header that says when to try again, for an error that knows."""
    seconds = error.retry_after if isinstance(error, errors.Overloaded) else None
    return None if seconds is None else {"Retry-After": str(seconds)}


def fault() -> Problem:
    """A failure that we did not foresee. What it says may hold what a customer wrote: not told."""
    return make_problem(OF_ERRORS[errors.AssistError])


def make_problem(
    kind: ProblemType, detail: str = "", *, cure: str = "", where: str = ""
) -> Problem:
    """A problem of this kind; what a caller sent may be in the words, in any characters."""
    return Problem(
        type=kind.uri,
        title=kind.title,
        status=kind.status,
        detail=_presentable(detail or kind.title),
        cure=_presentable(cure or kind.cure) or None,
        where=_presentable(where) or None,
    )


def answer(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The problem as an HTTP answer."""
    content = problem.model_dump(exclude_none=True)
    return JSONResponse(content, problem.status, headers=headers, media_type=MEDIA_TYPE)


def add_handlers(app: FastAPI) -> None:
    """Every failure of a route ends as problem+json."""

    @app.exception_handler(errors.AssistError)
    async def ours(_: Request, error: errors.AssistError) -> Response:
        return answer(problem_of(error), when_again(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return answer(_misfit(error.errors()[0], request))

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers["Allow"] = ", ".join(allowed_methods(request))
            if request.method == "OPTIONS":
                return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
        return answer(_by_status(error), headers)

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, _error: Exception) -> Response:
        # The server writes it to its log. No middleware of ours sees this answer.
        request_id = request.scope.get("state", {}).get("request_id")
        named = {"X-Request-Id": request_id} if request_id else {}
        return answer(fault(), SECURITY | named)


def _by_status(error: HTTPException) -> Problem:
    """A refusal by status: our row, or where we have none, what the status itself says."""
    status = HTTPStatus(error.status_code)
    kind = OF_STATUSES.get(status)
    if kind is None:
        title = status.phrase.lower()
        return Problem(type="about:blank", title=title, status=status, detail=str(error.detail))
    # A detail that only repeats the status says nothing; ours says more.
    said = "" if error.detail == status.phrase else str(error.detail)
    return make_problem(kind, said)


def _misfit(first: Mapping[str, Any], request: Request) -> Problem:
    """The first thing that pydantic found wrong with a request, named by its field."""
    if first["type"] == "json_invalid":
        said = f"not JSON at character {first['loc'][-1]}: {first['ctx']['error']}"
        return make_problem(OF_STATUSES[400], said)
    kind = OF_ERRORS[errors.BadInput]
    where = ".".join(str(part) for part in first["loc"] if part != "body")
    message, cure = SAID.get(first["type"], (str(first["msg"]).removeprefix("Value error, "), ""))
    message = message.format(**first["ctx"]) if first["type"] in FORMATTED else message
    detail = f"{where}: {message}" if where else message
    cure += _own_fields(first, where, request) + _schema_of(request)
    return make_problem(kind, detail, cure=cure, where=where)


def _own_fields(first: Mapping[str, Any], where: str, request: Request) -> str:
    """The place for fields of the caller's own, where they sent one that we do not know."""
    operation = getattr(request.scope.get("route"), "operation_id", None) or ""
    inside, said = OWN_FIELDS.get(operation, ("", ""))
    return said if first["type"] == "extra_forbidden" and where.startswith(inside) else ""


def _schema_of(request: Request) -> str:
    path = getattr(request.scope.get("route"), "path", request.url.path)
    return f"see the schema of {request.method} {path} at /openapi.json"


def _presentable(text: str) -> str:
    """One line of bounded length that UTF-8 can carry: a lone surrogate becomes `?`."""
    line = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
