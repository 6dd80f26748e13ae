"""`/desk/consultations`: questions to colleagues that wait for an answer."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import JsonValue

from assist.errors import AssistError, BadInput, NotFound
from assist.service import consulting
from assist.service.desk import Desk
from assist.web.auditing import concerning
from assist.web.pages.desk_frame import Context, acted, framed, me
from assist.web.pages.desk_view import clock_until
from assist.web.pages.panel_forms import typed

router = APIRouter(prefix="/desk/consultations", include_in_schema=False)
LOOKED_AT = 500
MOST_NOTE = 2_000


@router.get("")
async def asked(request: Request, owner: str = "", done: str = "") -> HTMLResponse:
    """The open ones, the earliest due first; of one owner where asked for."""
    return await _listed(request, owner, {"done": done})


@router.post("/{consultation_id}")
async def answered(
    request: Request,
    consultation_id: str,
    *,
    act: Annotated[str, Form()] = "",
    answer: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    owner: Annotated[str, Form()] = "",
) -> Response:
    """An answer, which is a fact of the ticket from now on; or nobody needs it any more."""
    concerning(request, consultation_id)

    def close(desk: Desk) -> None:
        if not consultation_id.isprintable():
            raise NotFound(f"there is no consultation {consultation_id!r}")
        if len(note) > MOST_NOTE:
            raise BadInput(f"over {MOST_NOTE} characters", where="note", cure="shorten it")
        if act == "withdraw":
            consulting.withdraw(desk.parts, consultation_id, by=me(), reason=note)
            return
        rules = desk.opened().policy_set
        fact = desk.parts.consultations.get(consultation_id).fact
        value = _value(answer, fact)
        consulting.answer(desk.parts, rules, consultation_id, value=value, note=note, by=me())

    async def again(wrong: AssistError) -> Response:
        told = {"wrong": wrong, "typed": answer, "note": note, "about": consultation_id}
        return await _listed(request, owner, told)

    return await acted(request, close, "/desk/consultations?done=1", again)


def _value(answer: str, fact: str | None) -> JsonValue:
    """What was typed: words, or the fact's value; none where the field was left empty."""
    words = answer.replace("\r\n", "\n").strip()
    if not words:
        return None
    return words if fact is None else typed(words)


async def _listed(request: Request, owner: str, told: Context) -> HTMLResponse:
    def found(desk: Desk) -> Context:
        waiting, now = desk.parts.consultations.open(LOOKED_AT), desk.parts.clock.now()
        fit = [one for one in waiting if not owner or one.owner == owner]
        cases = {one.ticket_id: desk.parts.cases.of_ticket(one.ticket_id) for one in fit}
        return {
            "rows": [(one, clock_until("due", one.due, now), cases[one.ticket_id]) for one in fit],
            "owners": sorted({one.owner for one in waiting}),
        }

    return await framed(request, "desk_consultations.html", {"owner": owner} | told, found)
