"""`/kb-health`: what editors should review next, all articles in a table, and training needs."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from assist.domain.kb_health import ArticleHealth, KbHealth, Share
from assist.errors import AssistError, BadInput
from assist.service.desk import Desk
from assist.service.kb_health.tables import short
from assist.web.errors import status_of
from assist.web.pages.sample import HEADERS, templates
from assist.web.pages.search import flags
from assist.web.plots.kb_health import review_plot, reviews, use_plot

router = APIRouter(include_in_schema=False)
NEXT = 10
"""Articles on top, those that most want review."""


def _lowest(share: Share) -> tuple[bool, float]:
    """Those with a rate first, the lowest of them on top; the others by nothing."""
    return share.rate is None, share.interval[1] if share.rate is not None else 0.0


def _own(article: ArticleHealth) -> float:
    """The share of its own queries that find it."""
    own = article.own_words
    return own.found / own.queries if own and own.queries else 1.0


SORTS: Mapping[str, Callable[[ArticleHealth], Any]] = {
    "attention": lambda one: -one.attention,
    "title": lambda one: one.title.casefold(),
    "owner": lambda one: (not one.owner, one.owner.casefold()),
    "shown": lambda one: -one.shown,
    "cited": lambda one: -one.cited,
    "opened": lambda one: -one.opened,
    "taken": lambda one: _lowest(one.taken),
    "solved": lambda one: _lowest(one.solved),
    "review": lambda one: (one.review_due is None, one.review_due or date.max),
    "own": _own,
}
"""How the table can be sorted; what wants looking at stands on top."""
COLUMNS = (
    ("title", "Article"),
    ("owner", "Owner"),
    ("shown", "Shown"),
    ("cited", "Cited"),
    ("opened", "Opened"),
    ("taken", "Taken"),
    ("solved", "Solved"),
    ("review", "Review due"),
    ("own", "Own words"),
    ("attention", "Attention"),
)


@router.get("/kb-health")
async def kb_health(request: Request, since: str = "", sort: str = "attention") -> HTMLResponse:
    """How each article does since a day; `sort` is one of the table's columns."""
    desk: Desk = request.app.state.desk
    chosen = sort if sort in SORTS else "attention"
    context: dict[str, object] = {
        "columns": COLUMNS,
        "sort": chosen,
        "since": since,
        "short": short,
    }
    status = 200
    try:
        context |= await run_in_threadpool(_found, desk, _day(since), chosen)
    except AssistError as error:
        status = status_of(type(error))
        context["error"] = {"problem": error.problem, "cure": error.cure}
    return templates.TemplateResponse(
        request, "kb_health.html", context, status_code=status, headers=HEADERS
    )


def _found(desk: Desk, since: date | None, sort: str) -> dict[str, object]:
    found: KbHealth = desk.health.now(since)
    on = found.until.date()
    return {
        "found": found,
        "wanted": [one for one in found.articles if one.reasons][:NEXT],
        "wanting": sum(bool(one.reasons) for one in found.articles),
        "articles": sorted(found.articles, key=SORTS[sort]),
        "reviews": reviews(found.articles, on),
        "review_plot": review_plot(found.articles, on),
        "use_plot": use_plot(found.articles),
        "needs": desk.health.training(since),
        "flags": flags(desk),
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        problem = f"{text[:40]!r} is no day"
        raise BadInput(problem, where="since", cure="write it as 2026-11-20") from error
