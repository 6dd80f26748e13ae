"""What is asked over HTTP, told to the audit log: who, what, about what, and how it ended."""

import asyncio
import logging

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assist.domain.audit import AuditEntry, AuditOutcome
from assist.errors import AssistError, Unavailable
from assist.service.access import Admitted
from assist.service.auditing import Auditing
from assist.service.desk import Desk
from assist.web.access import HOOKS, is_open, name_of
from assist.web.browser import SAFE
from assist.web.errors import answer, problem_of

NOT_TOLD = frozenset(
    {
        "search",
        "get_passage",
        "list_policies",
        "get_policy",
        "try_policies",
        "check_draft",
        "/",
        "/policies",
        "/policies/try",
        "/policies/{policy_id:path}",
        "/sign-out",
        "list_audit",
        "get_metrics",
        "list_helpdesks",
    }
)
"""Shows nothing of a customer and changes nothing, or tells of itself. What is denied is told."""
SHOWS = frozenset({"suggest", "/sample"})
"""Shows what customers wrote and changes nothing, though it is asked by POST."""
NOT_OURS = frozenset({"ticket_id", "customer_id", "secret"})
"""Parts of paths that are ids of people and of mail elsewhere, or a secret: not told."""
BROKEN = 500
LOG = logging.getLogger(__name__)
LOST = "what was asked was done, and could not be written into the audit log"


def concerning(request: Request, *ids: str) -> None:
    """What a request is about, besides what its path says: ids of ours."""
    request.scope.setdefault("state", {}).setdefault("about", []).extend(ids)


class Audited:
    """ASGI middleware: an entry for what was asked, before the answer goes out.

    Of an act that cannot be told of, the answer is 503: asked again by the same key, an act is
    done once, and told of then.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http" or _untold(scope["path"]):
            await self.app(scope, receive, send)
            return
        lost: list[Unavailable] = []
        begun = False

        async def send_told(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                try:
                    await _tell(scope, message["status"], Headers(raw=message["headers"]))
                except Unavailable as error:
                    lost.append(error)
                    await answer(problem_of(_lost(error)))(scope, receive, send)
            if not lost:
                await send(message)

        try:
            await self.app(scope, receive, send_told)
        except BaseException:
            # It broke, or took too long and is given up: whether it was done nobody knows.
            if not begun:
                await _tell_broken(scope)
            raise


def _untold(path: str) -> bool:
    """What needs no key tells of itself; of a webhook nobody else does."""
    return is_open(path) and not path.startswith(HOOKS)


async def _tell_broken(scope: Scope) -> None:
    try:
        await asyncio.shield(_tell(scope, BROKEN, Headers()))
    except Unavailable as error:
        LOG.warning("%s: %s", LOST, error)


async def _tell(scope: Scope, status: int, headers: Headers) -> None:
    name = name_of(scope.get("route"))
    outcome = _outcome(status)
    if not name or (name in NOT_TOLD and outcome != "denied"):
        return
    made = headers.get("location", "").rpartition("/")[2]
    entry = _entry(scope, name, outcome, made)
    auditing: Auditing = scope["app"].state.auditing
    if outcome != "denied" and (scope["method"] in SAFE or name in SHOWS):
        await run_in_threadpool(auditing.saw, entry)
    else:
        await run_in_threadpool(auditing.acted, entry)


def _entry(scope: Scope, name: str, outcome: AuditOutcome, made: str) -> AuditEntry:
    """`made` is the id of what is new, at the end of where it is told of."""
    desk: Desk = scope["app"].state.desk
    state = scope.get("state", {})
    admitted: Admitted | None = state.get("admitted")
    parts = scope.get("path_params", {}).items()
    about = [str(value) for part, value in parts if part not in NOT_OURS]
    return AuditEntry.made(
        desk.parts.clock.now(),
        admitted.bearer.id if admitted else "",
        admitted.means if admitted else "none",
        name,
        about=[*about, made, *state.get("about", ())] if outcome in ("done", "denied") else (),
        outcome=outcome,
    )


def _outcome(status: int) -> AuditOutcome:
    if status < 400:
        return "done"
    if status in (401, 403):
        return "denied"
    return "refused" if status < 500 else "failed"


def _lost(error: AssistError) -> Unavailable:
    return Unavailable(f"{LOST}: {error.problem}", cure="ask again, with the same key")
