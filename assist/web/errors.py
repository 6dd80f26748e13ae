"""Our errors -> problem+json, by one table looked up along the error's MRO."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assist import errors

STATUS: dict[type[errors.AssistError], int] = {
    errors.AssistError: 500,
    errors.BadInput: 422,
    errors.TooLarge: 413,
    errors.NotFound: 404,
    errors.NotReady: 503,
    errors.Unavailable: 503,
    errors.DiskFull: 507,
}

MISFIT = "the request does not fit the schema"
SCHEMA = "see the ticket's schema at /openapi.json"
JSON_OBJECT = "send one JSON object in UTF-8, with Content-Type: application/json"
SAID: Mapping[str, tuple[str, str]] = {
    "extra_forbidden": ("unknown field", f"correct it, or put it in metadata; {SCHEMA}"),
    "model_attributes_type": ("must be a JSON object", JSON_OBJECT),
}
"""What we say, with the cure, for types of error whose own words are about Python."""
HTTP_CURES: Mapping[int, str] = {
    400: JSON_OBJECT,
    404: "the paths there are stand in /openapi.json",
    405: "the methods of each path stand in /openapi.json",
}


def status_of(error: type[errors.AssistError]) -> int:
    """The status of the nearest ancestor that the table names."""
    return next(STATUS[kind] for kind in error.__mro__ if kind in STATUS)


def problem(
    status: int, title: str, detail: str = "", cure: str = "", where: str = ""
) -> JSONResponse:
    """An RFC 9457 problem document."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    extra = {"cure": cure, "where": where}
    content = body | {key: value for key, value in extra.items() if value}
    return JSONResponse(content, status_code=status, media_type="application/problem+json")


def add_handlers(app: FastAPI) -> None:
    """Every failure of a route ends as problem+json."""

    @app.exception_handler(errors.AssistError)
    async def ours(_: Request, error: errors.AssistError) -> JSONResponse:
        status = status_of(type(error))
        return problem(status, error.problem, str(error), error.cure, error.where)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return _misfit(error.errors()[0])

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        answer = problem(
            error.status_code, str(error.detail), cure=HTTP_CURES.get(error.status_code, "")
        )
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(Exception)
    async def fault(_: Request, _error: Exception) -> JSONResponse:
        # The server writes it to its log; what it says may hold what a customer wrote.
        return problem(500, "something failed on our side", cure="look at the server's log")


def _misfit(first: Mapping[str, Any]) -> JSONResponse:
    """The first thing that pydantic found wrong with a request, named by its field."""
    if first["type"] == "json_invalid":
        said = f"not JSON at character {first['loc'][-1]}: {first['ctx']['error']}"
        return problem(422, MISFIT, said, JSON_OBJECT)
    where = ".".join(str(part) for part in first["loc"] if part != "body")
    message, cure = SAID.get(first["type"], (str(first["msg"]).removeprefix("Value error, "), ""))
    detail = f"{where}: {message}" if where else message
    return problem(422, MISFIT, detail, cure or SCHEMA, where)
