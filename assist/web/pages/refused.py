"""A page for whoever may not see the page they asked for; and which pages they may see."""

from fastapi import FastAPI, Request, Response

from assist.domain.access import ROLES
from assist.errors import NotPermitted
from assist.web.access import NEEDS, bearer
from assist.web.browser import wants_page
from assist.web.errors import answer, problem_of
from assist.web.pages.sample import HEADERS, templates

STATUS = 403


def may_open(request: Request, path: str) -> bool:
    """Whether whoever asks may see the page of this path: a page's navigation shows no other."""
    who = bearer(request)
    return who is None or who.role in ROLES[NEEDS[path]]


def add_refusals(app: FastAPI) -> None:
    """What is not permitted is told a browser in a page, and all others as a problem."""
    templates.env.globals["may_open"] = may_open

    @app.exception_handler(NotPermitted)
    async def refused(request: Request, error: NotPermitted) -> Response:
        if not wants_page(request, request.method):
            return answer(problem_of(error))
        return templates.TemplateResponse(
            request, "refused.html", {"error": error}, status_code=STATUS, headers=HEADERS
        )
