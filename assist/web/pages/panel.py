"""`/panel/{case}`: the suggestion beside the ticket, alone or in a helpdesk's frame; and its acts.

Everything is a page and a form: it is read, and worked, without a script. Scripts add keys, and
copy, insert and show sources in place.
"""

import uuid
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assist.domain.case_event import ENDED
from assist.domain.case_view import CaseView
from assist.domain.consultation import Consultation
from assist.domain.draft_check import CheckedDraft, DraftToCheck
from assist.errors import AssistError, BadInput, NotFound
from assist.service.acting import asking
from assist.service.approval_requests import ApprovalRequest
from assist.service.approvals import ask as ask_approval
from assist.service.case_requests import CancelRequest, DecisionRequest, OutcomeRequest
from assist.service.consulting import ConsultationRequest
from assist.service.desk import Desk
from assist.web.access import level_asked, through
from assist.web.auditing import concerning
from assist.web.errors import status_of
from assist.web.messages import EN
from assist.web.messages.steps import STEPS
from assist.web.pages import sample
from assist.web.pages.panel_forms import NOBODY, PanelForm, Wanted
from assist.web.pages.panel_reply import reply_of
from assist.web.pages.sample import templates
from assist.web.soon import soon
from assist.web.worker import Worker

router = APIRouter(prefix="/panel", include_in_schema=False)
HEADERS = sample.HEADERS | {
    "Content-Security-Policy": sample.HEADERS["Content-Security-Policy"]
    + "; script-src 'self'; connect-src 'self'"
}
SEE_OTHER = 303
DESK = "desk"
"""What `back` says where the panel stands beside its ticket on a page of ours."""
GO_ON = "go_on"
"""The act that sees to what was kept and not worked off."""
Context = dict[str, Any]


@router.get("")
async def frame(request: Request) -> HTMLResponse:
    """The frame of a panel, which tells nothing: what it shows comes with an agent's token.

    Its script reads `?helpdesk=NAME`: tickets of the helpdesk around it are called after it here.
    """
    return templates.TemplateResponse(request, "panel_frame.html", {"m": EN}, headers=HEADERS)


@router.get("/{case_id}")
async def panel(request: Request, case_id: str, done: str = "") -> HTMLResponse:
    """The panel alone; `done` names the act that led here."""
    return await page(request, "panel_page.html", case_id, {"done": done, "back": ""})


@router.post("/{case_id}/act")
async def act(request: Request, case_id: str, form: Annotated[PanelForm, Form()]) -> Response:
    """One act on the case. Where it does not go, the page says why and keeps what was typed."""
    concerning(request, case_id)
    desk: Desk = request.app.state.desk
    template = "desk_case.html" if form.back == DESK else "panel_page.html"

    def kept() -> bool:
        return any(one.key == form.key for one in desk.parts.cases.events(case_id))

    try:
        await soon(request, lambda: _do(request, case_id, form), kept)
    except AssistError as error:
        return await page(request, template, case_id, {"wrong": error, "typed": form})
    place = f"/desk/cases/{case_id}" if form.back == DESK else f"/panel/{case_id}"
    return RedirectResponse(f"{place}?done={form.act}", SEE_OTHER)


@router.post("/{case_id}/check")
async def check(request: Request, case_id: str, form: Annotated[PanelForm, Form()]) -> HTMLResponse:
    """What was typed, sentence by sentence: does it stand?"""
    worker: Worker = request.app.state.worker
    level = await level_asked(request, None)
    more: Context = {"typed": form, "back": form.back}

    async def checked() -> CheckedDraft:
        desk: Desk = request.app.state.desk
        if not form.text.strip():
            raise BadInput("there is nothing to check", where="text", cure="type a reply first")
        view = await run_in_threadpool(desk.cases.view, known(case_id))
        asked = DraftToCheck(text=form.text[:20_000], ticket=view.ticket)
        return await desk.check_draft(asked, level=level)

    try:
        more["checked"] = await worker.run(checked)
    except AssistError as error:
        more["wrong"] = error
    template = "desk_case.html" if form.back == DESK else "panel_page.html"
    return await page(request, template, case_id, more)


async def _do(request: Request, case_id: str, form: PanelForm) -> None:
    desk: Desk = request.app.state.desk
    view = await run_in_threadpool(desk.cases.view, known(case_id))
    if form.act == GO_ON:
        await desk.cases.go_on(case_id)
        return
    wanted = form.wanted(view)
    if isinstance(wanted, ApprovalRequest):
        level = await level_asked(request, None)
        await run_in_threadpool(ask_approval, desk, case_id, wanted, level, through(request))
    else:
        await _on_case(desk, case_id, wanted)


async def _on_case(desk: Desk, case_id: str, wanted: Wanted) -> None:
    if isinstance(wanted, ConsultationRequest):
        await desk.cases.consult(case_id, wanted)
    elif isinstance(wanted, OutcomeRequest):
        await desk.cases.outcome(case_id, wanted)
    elif isinstance(wanted, CancelRequest):
        await desk.cases.cancel(case_id, wanted)
    elif isinstance(wanted, DecisionRequest):
        await desk.cases.decide(case_id, wanted)


async def page(
    request: Request, template: str, case_id: str, more: Mapping[str, Any]
) -> HTMLResponse:
    """A page with the panel of this case, or what is wrong in its place."""
    desk: Desk = request.app.state.desk
    wrong: AssistError | None = more.get("wrong")
    context: Context = {"m": EN, "error": None, "wrong": None, "back": "", **more}
    status = status_of(type(wrong)) if wrong else 200
    if template == "desk_case.html":
        context["back"] = DESK
    try:
        view = await run_in_threadpool(desk.cases.view, known(case_id))
        context |= shown(view)
    except AssistError as error:
        status = status_of(type(error))
        context["error"] = {"problem": error.problem, "cure": error.cure}
    return templates.TemplateResponse(
        request, template, context, status_code=status, headers=HEADERS
    )


def shown(view: CaseView) -> Context:
    """What the panel's template takes of a case."""
    made = view.suggestion
    passages = {hit.passage_id: hit.passage for hit in made.hits} if made else {}
    return {
        "view": view,
        "case": view.case,
        "suggestion": made,
        "reply": reply_of(made.draft, passages) if made else None,
        "titles": {one.id: one.title for one in made.candidates} if made else {},
        "questions": _asked_inside(view),
        "chosen": {i.choice.candidate_id for i in made.issues if i.choice} if made else set(),
        "ended": view.case.status in ENDED,
        "open": view.case.status == "deciding" and made is not None,
        "underway": view.case.applied < view.case.events,
        "steps": STEPS,
        "who": asking(),
        "nobody": NOBODY,
        "key": uuid.uuid4().hex,
    }


def _asked_inside(view: CaseView) -> tuple[Consultation, ...]:
    """Questions to colleagues: those that were asked, as they stand, and those to ask."""
    asked = {one.id: one for one in view.consultations}
    proposed = view.suggestion.consultations if view.suggestion else ()
    return (*asked.values(), *(one for one in proposed if one.id not in asked))


def known(case_id: str) -> str:
    """The id, where there can be such a case. Raises `NotFound`."""
    if not case_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no case {case_id!r}")
    return case_id
