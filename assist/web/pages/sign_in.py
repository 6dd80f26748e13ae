"""`/sign-in` and `/sign-out`: by an account at a provider, by a key, or by a one-time link."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from assist.domain.sign_in import IssuedSession, Session
from assist.errors import AssistError, Unauthenticated
from assist.service.desk import Desk
from assist.service.sessions import valid_session
from assist.service.sign_in import AT_PROVIDER, HOME, SignIn, safe_next
from assist.web.access import admitted
from assist.web.browser import (
    SESSION,
    SIGNING_IN,
    check_origin,
    csrf_of,
    keep_cookie,
    own_address,
    require_private,
    sent_cookie,
)
from assist.web.errors import status_of
from assist.web.pages.sample import templates

router = APIRouter(include_in_schema=False)
HEADERS = {
    # Nobody may lay our sign-in page under a page of their own.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
BACK = "/sign-in/back"


@router.get("/sign-in")
async def sign_in(request: Request, next: str = HOME) -> Response:  # noqa: A002 - what browsers call it
    """The ways in; who is signed in already, and that nobody need be."""
    return await _page(request, next)


@router.post("/sign-in")
async def with_key(
    request: Request,
    key: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = HOME,  # noqa: A002
) -> Response:
    """A session of the key that was pasted."""

    def enter() -> IssuedSession:
        check_origin(request)
        require_private(request)
        return SignIn(request.app.state.desk).by_key(key.strip())

    return await _entered(request, enter, next)


@router.get("/sign-in/provider")
async def to_provider(request: Request, next: str = HOME) -> Response:  # noqa: A002
    """On to the provider; its answer must come back to the browser that set out."""
    try:
        require_private(request)
        back = own_address(request) + BACK
        begun = await run_in_threadpool(SignIn(request.app.state.desk).begin, back, next)
    except AssistError as error:
        return await _page(request, next, error)
    answer = RedirectResponse(begun.address, 303, headers=HEADERS)
    seconds = int(AT_PROVIDER.total_seconds())
    keep_cookie(answer, request, SIGNING_IN, begun.state, seconds)
    return answer


@router.get(BACK)
async def from_provider(
    request: Request, state: str = "", code: str = "", error: str = ""
) -> Response:
    """Back from the provider, with a code or with what it has against it."""
    held = sent_cookie(request, SIGNING_IN)
    try:
        if error or not code:
            said = error[:100] if error.isprintable() else ""
            problem = f"the provider let nobody in ({said or 'it sent no code'})"
            raise Unauthenticated(problem, cure="begin again")
        sign_in = SignIn(request.app.state.desk)
        done = await run_in_threadpool(sign_in.finish, state=state, held=held, code=code)
        answer = await _let_in(request, done.issued, done.then)
    except AssistError as failure:
        answer = await _page(request, HOME, failure)
    keep_cookie(answer, request, SIGNING_IN, "", 0)
    return answer


@router.get("/sign-in/link")
async def link(request: Request, token: str = "") -> Response:
    """A button: what only looks at links does not use this one up."""
    return await _page(request, HOME, link=token)


@router.post("/sign-in/link")
async def with_link(request: Request, token: Annotated[str, Form()] = "") -> Response:
    """A session of what the link was made for; the link opens nothing any more."""

    def enter() -> IssuedSession:
        check_origin(request)
        require_private(request)
        return SignIn(request.app.state.desk).by_link(token)

    return await _entered(request, enter, HOME)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """The session is over, and its tokens with it; the browser forgets the cookie."""
    who = admitted(request)
    if who is not None and who.session is not None:
        await run_in_threadpool(SignIn(request.app.state.desk).out, who.session)
    answer = RedirectResponse("/sign-in", 303, headers=HEADERS)
    keep_cookie(answer, request, SESSION, "", 0)
    return answer


async def _entered(request: Request, enter: Callable[[], IssuedSession], then: str) -> Response:
    try:
        issued = await run_in_threadpool(enter)
    except AssistError as error:
        return await _page(request, then, error)
    return await _let_in(request, issued, then)


async def _let_in(request: Request, issued: IssuedSession, then: str) -> Response:
    """On to the page that was asked for; to what the role does first where none was.

    A browser has one session: that of its cookie before is over.
    """
    before = await run_in_threadpool(_session, request)
    if before is not None:
        await run_in_threadpool(SignIn(request.app.state.desk).out, before)
    answer = RedirectResponse(safe_next(then), 303, headers=HEADERS)
    seconds = request.app.state.desk.doors.sign_in.hours * 3_600
    keep_cookie(answer, request, SESSION, issued.secret, seconds)
    return answer


async def _page(
    request: Request, then: str, error: AssistError | None = None, link: str = ""
) -> Response:
    desk: Desk = request.app.state.desk
    known = await run_in_threadpool(_known, request)
    context = {
        "then": safe_next(then),
        "query": urlencode({"next": safe_next(then)}),
        "provider": desk.doors.oidc.label if desk.parts.provider is not None else "",
        "link": link,
        "error": error,
        "known": known,
        "open": not desk.doors.closed and not await run_in_threadpool(desk.parts.keys.guarded),
    }
    status = 200 if error is None else status_of(type(error))
    return templates.TemplateResponse(
        request, "sign_in.html", context, status_code=status, headers=HEADERS
    )


def _known(request: Request) -> dict[str, str] | None:
    """Who is signed in already, and what their pages send along; none where nobody is."""
    session, cookie = _session(request), sent_cookie(request, SESSION)
    if session is None or cookie is None:
        return None
    person = session.person
    return {"name": person.name or person.id, "role": person.role, "csrf": csrf_of(cookie)}


def _session(request: Request) -> Session | None:
    """That of the cookie that was sent; none where it opens nothing."""
    cookie = sent_cookie(request, SESSION)
    if cookie is None:
        return None
    try:
        return valid_session(request.app.state.desk, cookie, "browser")
    except Unauthenticated:
        return None
