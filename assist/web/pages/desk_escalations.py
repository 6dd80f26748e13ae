"""`/desk/escalations`: cases that were handed over: to whom, by when, and what is decided."""

from typing import Annotated, get_args

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, JsonValue

from assist.domain.escalated import EscalatedState
from assist.errors import AssistError, BadInput, NotFound
from assist.service import escalations
from assist.service.desk import Desk
from assist.service.escalations import EscalationAnswer, TakeRequest, WithdrawEscalation
from assist.web.auditing import concerning
from assist.web.pages.desk_frame import Context, acted, framed, me
from assist.web.pages.desk_view import clock_until
from assist.web.pages.panel_forms import typed

router = APIRouter(prefix="/desk/escalations", include_in_schema=False)
SHOWN = 100
WAITING = "pending"


class HandedForm(BaseModel):
    """One of the forms beside an escalation; `instead_of` is who has it as the page was shown."""

    act: str = ""
    answer: str = ""
    facts: str = ""
    instead_of: str = ""

    def do(self, desk: Desk, which: str) -> None:
        """Raises `NotFound`, `BadInput`, `AlreadyDone`."""
        if self.act == "take":
            told = {"by": me(), "instead_of": self.instead_of or None}
            escalations.take(desk.parts, which, TakeRequest.model_validate(told))
        elif self.act == "withdraw":
            asked = WithdrawEscalation.model_validate({"by": me(), "reason": self.answer})
            escalations.withdraw(desk.parts, which, asked)
        elif self.act == "answer":
            words = self.answer.replace("\r\n", "\n").strip()
            told_facts = {"by": me(), "answer": words, "facts": facts_in(self.facts)}
            rules = desk.opened().policy_set
            decided = EscalationAnswer.model_validate(told_facts)
            escalations.answer(desk.parts, rules, which, decided)
        else:
            raise BadInput(f"{self.act!r} is nothing that can be done", where="act")


@router.get("")
async def handed(
    request: Request, state: str = WAITING, team: str = "", done: str = ""
) -> HTMLResponse:
    """What waits first, and of that what is overdue for longest."""
    return await _listed(request, state, team, {"done": done})


@router.post("/{escalation_id}")
async def changed(
    request: Request, escalation_id: str, form: Annotated[HandedForm, Form()]
) -> Response:
    """Taken, answered or withdrawn; where that cannot be, the page says why and keeps the text."""
    concerning(request, escalation_id)

    def change(desk: Desk) -> None:
        if not escalation_id.isprintable():
            raise NotFound(f"there is no escalation {escalation_id!r}")
        form.do(desk, escalation_id)

    async def again(wrong: AssistError) -> Response:
        told = {"wrong": wrong, "typed": form, "about": escalation_id}
        return await _listed(request, WAITING, "", told)

    return await acted(request, change, "/desk/escalations?done=1", again)


def facts_in(text: str) -> dict[str, JsonValue]:
    """`path = value`, one a line. Raises `BadInput` for a line without a value."""
    found: dict[str, JsonValue] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        path, equals, value = line.partition("=")
        if not equals or not path.strip() or not value.strip():
            cure = "write a path, =, and its value, such as order.paid = yes"
            raise BadInput(f"{line[:80]!r} is no fact", where="facts", cure=cure)
        found[path.strip()] = typed(value)
    return found


async def _listed(request: Request, state: str, team: str, told: Context) -> HTMLResponse:
    chosen = state if state in get_args(EscalatedState) else WAITING
    wanted = tuple(one for one in get_args(EscalatedState) if one == chosen) or ("open", "taken")

    def found(desk: Desk) -> Context:
        listed, now = desk.parts.escalated.listed(wanted, None, SHOWN), desk.parts.clock.now()
        fit = [one for one in listed if not team or one.path.team == team]
        return {
            "rows": [(one, clock_until("deadline", one.deadline, now)) for one in fit],
            "teams": sorted({one.path.team for one in listed}),
        }

    choices: Context = {
        "states": (WAITING, *get_args(EscalatedState)),
        "state": chosen,
        "team": team,
    }
    return await framed(request, "desk_escalations.html", choices | told, found)
