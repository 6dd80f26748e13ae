"""`/evals`: how suggestions do on curated cases: runs over time, one run, two runs, one case."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from assist.domain.eval_runs import ID, EvalOutline, EvalRunKept
from assist.errors import AssistError, NotFound
from assist.insights.eval_figures.moved import moved
from assist.insights.eval_figures.pairing import compared, require_comparable
from assist.service.desk import Desk
from assist.service.eval_runs import TREND, history, side_by_side
from assist.web.errors import status_of
from assist.web.pages.evals_view import RunView, TrendView
from assist.web.pages.evals_words import WORDS
from assist.web.pages.sample import HEADERS, templates

router = APIRouter(prefix="/evals", include_in_schema=False)
Context = dict[str, Any]


@router.get("")
async def runs(request: Request, suite: str = "", before: str = "") -> HTMLResponse:
    """The runs of a suite, the latest first, how scores went, and a form to compare two."""

    def found(desk: Desk) -> Context:
        store = desk.parts.eval_runs
        suites = store.suites()
        latest = store.listed(None, 1)
        chosen = suite if suite in suites else latest[0].run.suite if latest else ""
        listed = store.listed(chosen, TREND, _known(before) if before else None)
        return {
            "suites": suites,
            "suite": chosen,
            "runs": listed,
            "views": {one.run.id: RunView(one.run, ()) for one in listed},
            "trend": TrendView([one.run for one in listed]),
            "older": listed[-1].run.id if len(listed) == TREND else "",
        }

    return await _page(request, "evals.html", found)


@router.get("/compare")
async def compare(request: Request, a: str = "", b: str = "") -> HTMLResponse:
    """What the first run has more than the second, and the cases that flipped."""

    def found(desk: Desk) -> Context:
        sides = side_by_side(desk.parts, _known(a), _known(b))
        return {
            "a": sides.a.run,
            "b": sides.b.run,
            "moved": moved(sides.a.run.versions, sides.b.run.versions),
            "found": sides.found,
            "a_href": lambda case: _case(sides.a.run.id, case),
            "b_href": lambda case: f"{_case(sides.a.run.id, case)}?against={sides.b.run.id}",
        }

    return await _page(request, "eval_compare.html", found)


@router.get("/{run_id}")
async def run(request: Request, run_id: str, against: str = "") -> HTMLResponse:
    """One run: verdict, figures, slices, worst cases; `against` another it is compared with."""

    def found(desk: Desk) -> Context:
        store = desk.parts.eval_runs
        kept = store.get(_known(run_id))
        outlines = store.outlines(kept.run.id)
        other = store.get(_known(against)) if against else None
        return {"view": _view(desk, kept, outlines, other)}

    def case_href(case: str) -> str:
        return _case(run_id, case)

    return await _page(request, "eval_run.html", found, case_href=case_href)


@router.get("/{run_id}/cases/{case_id}")
async def case(request: Request, run_id: str, case_id: str, against: str = "") -> HTMLResponse:
    """One case of a run, down to the trace; `against` lays another run's beside it."""

    def found(desk: Desk) -> Context:
        store = desk.parts.eval_runs
        trials = store.trials(_known(run_id), _known(case_id))
        other = store.get(_known(against)).run if against else None
        others = store.trials(other.id, case_id) if other else ()
        run = store.get(run_id).run
        return {"run": run, "trials": trials, "other": other, "others": others}

    return await _page(request, "eval_case.html", found, case_id=case_id)


def _view(
    desk: Desk, kept: EvalRunKept, outlines: Sequence[EvalOutline], other: EvalRunKept | None
) -> RunView:
    changes = None
    if other is not None:
        require_comparable(kept.run, other.run)
        changes = compared(outlines, desk.parts.eval_runs.outlines(other.run.id))
    return RunView(
        kept.run,
        outlines,
        total=kept.total,
        earlier=history(desk.parts, kept.run)[1:],
        against=other.run if other else None,
        compared=changes,
    )


def _case(run_id: str, case_id: str) -> str:
    return f"/evals/{run_id}/cases/{case_id}"


def _known(name: str) -> str:
    """A name that something can have. Raises `NotFound`."""
    if not re.fullmatch(ID, name):
        raise NotFound(f"there is no run or case {name[:80]!r}", cure="choose one of /evals")
    return name


async def _page(
    request: Request, template: str, found: Callable[[Desk], Context], **given: Any
) -> HTMLResponse:
    desk: Desk = request.app.state.desk
    context: Context = {**WORDS, "error": None, "run_href": lambda one: f"/evals/{one}", **given}
    status = 200
    try:
        context |= await run_in_threadpool(found, desk)
    except AssistError as error:
        status = status_of(type(error))
        title = "No such page" if status == 404 else "This cannot be shown"
        context["error"] = {"title": title, "problem": error.problem, "cure": error.cure}
    return templates.TemplateResponse(
        request, template, context, status_code=status, headers=HEADERS
    )
