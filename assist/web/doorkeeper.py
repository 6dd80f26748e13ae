"""Who is let in: by the key, the token or the cookie they send. 401, or on to the sign-in page."""

from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from assist.errors import AssistError, Unauthenticated
from assist.service.access import Admitted, Sent, let_in
from assist.service.desk import Desk
from assist.web.access import CHALLENGE, is_open
from assist.web.browser import SAFE, SESSION, check_origin, csrf_of, sent_cookie, wants_page
from assist.web.errors import answer, problem_of

SIGN_IN = "/sign-in"


class Doorkeeper:
    """ASGI middleware: nobody unknown gets in, before the body is read. Keeps who it is.

    In the request's state are `key` (whoever asks, or none where nobody needs to say), `admitted`
    (with what they came in by), and `csrf`, the token that a change by cookie must bring.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on the request of who may come in."""
        if scope["type"] == "http":
            try:
                admitted = await self._admitted(scope)
            except AssistError as error:
                await _refused(scope, error)(scope, receive, send)
                return
            _keep(scope, admitted)
        await self.app(scope, receive, send)

    async def _admitted(self, scope: Scope) -> Admitted | None:
        if is_open(scope["path"]):
            return None
        admitted = await run_in_threadpool(admit_by, scope)
        if admitted is not None and admitted.means == "session" and scope["method"] not in SAFE:
            check_origin(HTTPConnection(scope))
        return admitted


def admit_by(scope: Scope) -> Admitted | None:
    """Who asks by this request; none where nobody needs to say. Raises `Unauthenticated`."""
    desk: Desk = scope["app"].state.desk
    return let_in(desk, _sent(scope))


def recheck(request: Request) -> None:
    """Raises `Unauthenticated` where what let somebody in no longer does: for long answers."""
    admit_by(request.scope)


def _sent(scope: Scope) -> Sent:
    """What was brought to say who it is. Raises `Unauthenticated`."""
    told = Headers(scope=scope).getlist("authorization")
    if len(told) > 1:  # what stands before us may have looked at the other one
        raise Unauthenticated("Authorization stands twice", cure="send it once")
    scheme, _, secret = told[0].partition(" ") if told else ("", "", "")
    bearer = secret.strip() if scheme.lower() == "bearer" else None
    return Sent(bearer, sent_cookie(HTTPConnection(scope), SESSION))


def _keep(scope: Scope, admitted: Admitted | None) -> None:
    state = scope.setdefault("state", {})
    state["admitted"] = admitted
    state["key"] = admitted.bearer if admitted else None
    cookie = sent_cookie(HTTPConnection(scope), SESSION)
    by_cookie = admitted is not None and admitted.means == "session"
    state["csrf"] = csrf_of(cookie) if by_cookie and cookie else None


def _refused(scope: Scope, error: AssistError) -> ASGIApp:
    """The problem; for a browser that asks for a page, the way to sign in."""
    connection = HTTPConnection(scope)
    if not isinstance(error, Unauthenticated):
        return answer(problem_of(error))
    if wants_page(connection, scope["method"]):
        query = f"?{connection.url.query}" if connection.url.query else ""
        asked = urlencode({"next": connection.url.path + query})
        headers = {"Cache-Control": "no-store"}
        return RedirectResponse(f"{SIGN_IN}?{asked}", status_code=303, headers=headers)
    return answer(problem_of(error), CHALLENGE)
