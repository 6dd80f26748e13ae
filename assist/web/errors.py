"""Our errors -> problem+json, by one table looked up along the error's MRO."""

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
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part != "body")
        message = str(first["msg"]).removeprefix("Value error, ")
        cure = "see the ticket's schema at /openapi.json"
        return problem(
            422, "the request does not fit the schema", f"{where}: {message}", cure, where
        )

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, str(error.detail))
