"""`/desk/follow-ups`: what was promised and is to be looked at, and how it ended."""

from typing import Annotated, get_args

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from assist.domain.ledger import Entry, Standing
from assist.errors import AssistError, NotFound
from assist.service.case_requests import SettleRequest
from assist.service.desk import Desk
from assist.web.auditing import concerning
from assist.web.pages.desk_frame import Context, acted, framed, me, number
from assist.web.pages.desk_view import Clock, clock_until

router = APIRouter(prefix="/desk/follow-ups", include_in_schema=False)
PAGE = 25
LOOKED_AT = 500
DONE: dict[str, str] = {"keep": "kept", "break": "broken", "drop": "dropped"}


@router.get("")
async def follow_ups(
    request: Request, standing: str = "open", mine: str = "", page: str = "1", done: str = ""
) -> HTMLResponse:
    """What is not settled, the earliest due first; others where asked for."""
    return await _listed(request, standing, mine, page, {"done": done})


@router.post("/{entry_id}")
async def settled(
    request: Request,
    entry_id: str,
    *,
    act: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    standing: Annotated[str, Form()] = "open",
    mine: Annotated[str, Form()] = "",
) -> Response:
    """How it ended, and what was done."""
    concerning(request, entry_id)

    def settle(desk: Desk) -> None:
        if not entry_id.isprintable():
            raise NotFound(f"there is no promise {entry_id!r}")
        told = {"state": DONE.get(act, act), "note": note, "by": me(), "key": f"page.{act}"}
        desk.cases.settle(entry_id, SettleRequest.model_validate(told))

    async def again(wrong: AssistError) -> Response:
        told = {"wrong": wrong, "typed": note, "about": entry_id}
        return await _listed(request, standing, mine, "1", told)

    chosen = standing if standing in get_args(Standing) else "open"
    then = f"/desk/follow-ups?standing={chosen}&mine={'1' if mine else ''}&done=1"
    return await acted(request, settle, then, again)


async def _listed(
    request: Request, standing: str, mine: str, page: str, told: Context
) -> HTMLResponse:
    known: tuple[Standing, ...] = get_args(Standing)
    chosen: Standing = next((one for one in known if one == standing), "open")
    first = (number(page) - 1) * PAGE

    def found(desk: Desk) -> Context:
        entries = desk.cases.ledger(chosen, None, LOOKED_AT)
        fit = [one for one in entries if not mine or one.owner == me()]
        rows = [(one, _clock(desk, one)) for one in fit[first : first + PAGE]]
        return {"rows": rows, "total": len(fit), "more": first + PAGE < len(fit)}

    choices: Context = {
        "standings": known,
        "standing": chosen,
        "mine": bool(mine),
        "page": number(page),
    }
    return await framed(request, "desk_follow_ups.html", choices | told, found)


def _clock(desk: Desk, entry: Entry) -> Clock | None:
    """What is left until it has to be done; none for what is settled or names no time."""
    due = entry.due or entry.check_at
    if due is None or entry.state != "open":
        return None
    return clock_until("due", due, desk.parts.clock.now())
