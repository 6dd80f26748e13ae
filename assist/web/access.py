"""Who asks, by the key they send, and whether they may: 401 and 403. By `docs/security.md`."""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assist.domain.access import ApiKey, Permission
from assist.domain.verdict import Level
from assist.errors import AssistError, Unauthenticated
from assist.service.access import admit, level_for, require
from assist.service.desk import Desk
from assist.web.errors import answer, problem_of

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="assist"'}
OPEN_PATHS = ("/healthz", "/readyz", "/openapi.json")
OPEN_FOLDERS = ("/problems/", "/static/")
"""What needs no key: nothing of a customer or of the knowledge base is told there."""
NEEDS: Mapping[str, Permission] = {
    "suggest": Permission.SUGGEST,
    "get_suggestion": Permission.READ,
    "get_proof": Permission.READ,
    "check_draft": Permission.CHECK_DRAFTS,
    "search": Permission.READ,
    "get_passage": Permission.READ,
    "list_inquiries": Permission.READ,
    "ingest": Permission.INGEST,
    "list_ingest_jobs": Permission.INGEST,
    "get_ingest_job": Permission.INGEST,
    "list_policies": Permission.READ,
    "get_policy": Permission.READ,
    "try_policies": Permission.TRY_POLICIES,
    "grant": Permission.GRANT,
    "list_grants": Permission.READ,
    "get_grant": Permission.READ,
    "void_grant": Permission.VOID,
    "ask_colleague": Permission.CONSULT,
    "list_open_consultations": Permission.READ,
    "list_ticket_consultations": Permission.READ,
    "get_consultation": Permission.READ,
    "answer_consultation": Permission.CONSULT,
    "withdraw_consultation": Permission.CONSULT,
    "open_case": Permission.ACT,
    "list_cases": Permission.READ,
    "get_case": Permission.READ,
    "decide_case": Permission.ACT,
    "consult_on_case": Permission.ACT,
    "report_progress": Permission.ACT,
    "report_outcome": Permission.ACT,
    "cancel_case": Permission.ACT,
    "list_promises": Permission.READ,
    "settle_promise": Permission.SETTLE,
    "give_feedback": Permission.GIVE_FEEDBACK,
    "list_feedback": Permission.READ,
    "/": Permission.SUGGEST,
    "/inquiries": Permission.READ,
    "/policies": Permission.READ,
    "/policies/try": Permission.TRY_POLICIES,
    "/policies/{policy_id:path}": Permission.READ,
}
"""What a route needs, by its operation id; of a page, by its path. A route that is not here is
closed to every key."""


def name_of(route: object) -> str:
    """What a route is called in `NEEDS`."""
    return getattr(route, "operation_id", None) or getattr(route, "path", None) or ""


def is_open(path: str) -> bool:
    """Whether the path needs no key."""
    return path in OPEN_PATHS or path.startswith(OPEN_FOLDERS)


class Doorkeeper:
    """ASGI middleware: 401 without a valid key, before the body is read. Keeps whose it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on the request of who may come in."""
        if scope["type"] == "http":
            try:
                key = None if is_open(scope["path"]) else await run_in_threadpool(_admit, scope)
            except AssistError as error:
                headers = CHALLENGE if isinstance(error, Unauthenticated) else None
                await answer(problem_of(error), headers)(scope, receive, send)
                return
            scope.setdefault("state", {})["key"] = key
        await self.app(scope, receive, send)


async def permitted(request: Request) -> None:
    """A dependency of every route: 403 where the role of the key may not."""
    require(bearer(request), NEEDS.get(name_of(request.scope["route"])))


def bearer(request: Request) -> ApiKey | None:
    """The key that was sent; none where none is needed."""
    key: ApiKey | None = request.state.key
    return key


async def level_asked(request: Request, asked: Level | None) -> Level:
    """The level that is asked for, up to that of the key. Raises `NotPermitted`."""
    desk: Desk = request.app.state.desk
    return await run_in_threadpool(level_for, desk, bearer(request), asked)


def _admit(scope: Scope) -> ApiKey | None:
    app: FastAPI = scope["app"]
    desk: Desk = app.state.desk
    return admit(desk.parts.keys, desk.parts.clock, _sent(scope))


def _sent(scope: Scope) -> str | None:
    """What stands in the place of a key; none where nothing does. Raises `Unauthenticated`."""
    told = Headers(scope=scope).getlist("authorization")
    if len(told) > 1:  # what stands before us may have looked at the other one
        raise Unauthenticated("Authorization stands twice", cure="send it once")
    scheme, _, secret = told[0].partition(" ") if told else ("", "", "")
    return secret.strip() if scheme.lower() == "bearer" else None
