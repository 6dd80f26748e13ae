"""`/sample`: a ticket and its suggestion side by side; it can be edited and tried again."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from pydantic import ValidationError

from assist.domain.ticket import Ticket
from assist.errors import AssistError
from assist.service.desk import Desk
from assist.web.access import level_asked
from assist.web.errors import status_of
from assist.web.laid_out import laid_out

router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(directory=Path(__file__).parent.parent / "templates")
templates.env.globals["laid_out"] = laid_out
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@router.get("/sample")
async def sample(request: Request) -> HTMLResponse:
    """The packaged sample ticket with its suggestion."""
    text = files("assist").joinpath("template/tickets/sample.json").read_text(encoding="utf-8")
    return await _page(request, json.loads(text))


@router.post("/sample")
async def tried(
    request: Request,
    text: Annotated[str, Form()] = "",
    subject: Annotated[str, Form()] = "",
    region: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """The ticket typed into the form, with its suggestion."""
    customer = {key: value for key, value in {"name": name, "region": region}.items() if value}
    data = {"subject": subject or None, "customer": customer, "messages": [{"text": text}]}
    return await _page(request, data)


async def _page(request: Request, data: Mapping[str, object]) -> HTMLResponse:
    desk: Desk = request.app.state.desk
    context: dict[str, object] = {"ticket": None, "suggestion": None, "error": None, "data": data}
    status = 200
    try:
        ticket = Ticket.model_validate(data)
        level = await level_asked(request, None)
        suggestion = await desk.suggest(ticket, level=level)
        context |= {"ticket": ticket, "suggestion": suggestion}
    except ValidationError as error:
        status, message = 422, str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        context["error"] = {"problem": message, "cure": "change the ticket and try again"}
    except AssistError as error:
        status = status_of(type(error))
        context["error"] = {"problem": error.problem, "cure": error.cure}
    return templates.TemplateResponse(
        request, "sample.html", context, status_code=status, headers=HEADERS
    )
