"""What each route needs, and whether whoever asks may: 403. By `docs/security.md`."""

from collections.abc import Mapping

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from assist.domain.access import Bearer, Permission
from assist.domain.sign_in import Person
from assist.domain.verdict import Level
from assist.service.access import Admitted, level_for, require
from assist.service.acting import asks
from assist.service.desk import Desk
from assist.web.browser import check_csrf

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="assist"'}
OPEN_PATHS = (
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/sign-in",
    "/v1/tokens/host",
    "/panel",
    "/panel/zendesk",
)
HOOKS = "/v1/hooks/"
"""Where helpdesks tell of tickets: a webhook says by its signature who it is."""
OPEN_FOLDERS = ("/problems/", "/static/", "/sign-in/", HOOKS)
"""What needs no key: nothing of a customer or of the knowledge base is told there, or it is a way
in, which asks itself who it is."""
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
    "get_record": Permission.READ,
    "replay_case": Permission.REPLAY,
    "ask_approval": Permission.ACT,
    "list_approvals": Permission.READ,
    "get_approval": Permission.READ,
    "answer_approval": Permission.APPROVE,
    "withdraw_approval": Permission.ACT,
    "list_escalations": Permission.READ,
    "get_escalation": Permission.READ,
    "take_escalation": Permission.ESCALATED,
    "answer_escalation": Permission.ESCALATED,
    "withdraw_escalation": Permission.ESCALATED,
    "list_precedents": Permission.INGEST,
    "make_precedents": Permission.INGEST,
    "list_promises": Permission.READ,
    "settle_promise": Permission.SETTLE,
    "get_promise": Permission.READ,
    "get_closing": Permission.READ,
    "close_case": Permission.ACT,
    "list_notices": Permission.READ,
    "see_notice": Permission.SETTLE,
    "give_feedback": Permission.GIVE_FEEDBACK,
    "list_feedback": Permission.READ,
    "list_helpdesks": Permission.READ,
    "list_helpdesk_tickets": Permission.READ,
    "fetch_ticket": Permission.ACT,
    "list_errands": Permission.READ,
    "make_token": Permission.READ,
    "list_audit": Permission.READ_AUDIT,
    "get_metrics": Permission.READ_METRICS,
    "publish_eval_run": Permission.PUBLISH_EVALS,
    "list_eval_runs": Permission.READ_EVALS,
    "get_eval_run": Permission.READ_EVALS,
    "get_eval_case": Permission.READ_EVALS,
    "list_gaps": Permission.READ_GAPS,
    "export_gaps": Permission.READ_GAPS,
    "get_gap": Permission.READ_GAPS,
    "decide_gap": Permission.WORK_GAPS,
    "prove_gap": Permission.WORK_GAPS,
    "find_gaps": Permission.WORK_GAPS,
    "get_gap_run": Permission.READ_GAPS,
    "/gaps": Permission.READ_GAPS,
    "/gaps/run": Permission.WORK_GAPS,
    "/gaps/{gap_id}": Permission.READ_GAPS,
    "/gaps/{gap_id}/decision": Permission.WORK_GAPS,
    "/gaps/{gap_id}/proof": Permission.WORK_GAPS,
    "get_kb_health": Permission.READ_GAPS,
    "list_training_needs": Permission.READ_GAPS,
    "/kb-health": Permission.READ_GAPS,
    "get_trends": Permission.READ_TRENDS,
    "/trends": Permission.READ_TRENDS,
    "/trends/upstream": Permission.MEND,
    "/trends/upstream/{item_id}": Permission.MEND,
    "list_upstream": Permission.READ_TRENDS,
    "open_upstream": Permission.MEND,
    "get_upstream": Permission.READ_TRENDS,
    "decide_upstream": Permission.MEND,
    "/evals": Permission.READ_EVALS,
    "/evals/compare": Permission.READ_EVALS,
    "/evals/{run_id}": Permission.READ_EVALS,
    "/evals/{run_id}/cases/{case_id}": Permission.READ_EVALS,
    "/sign-out": Permission.READ,
    "/": Permission.READ,
    "/sample": Permission.SUGGEST,
    "/desk": Permission.READ,
    "/desk/new": Permission.ACT,
    "/desk/helpdesk": Permission.ACT,
    "/desk/cases/{case_id}": Permission.READ,
    "/desk/cases/{case_id}/record.{form}": Permission.READ,
    "/desk/follow-ups": Permission.READ,
    "/desk/follow-ups/{entry_id}": Permission.SETTLE,
    "/desk/approvals": Permission.READ,
    "/desk/approvals/{approval_id}": Permission.APPROVE,
    "/desk/consultations": Permission.READ,
    "/desk/consultations/{consultation_id}": Permission.CONSULT,
    "/desk/escalations": Permission.READ,
    "/desk/escalations/{escalation_id}": Permission.ESCALATED,
    "/search": Permission.READ,
    "/search/flag": Permission.CONSULT,
    "/panel/ticket/{ticket_id}": Permission.READ,
    "fetch_in_panel": Permission.ACT,
    "/panel/{case_id}": Permission.READ,
    "/panel/{case_id}/steps": Permission.READ,
    "/panel/{case_id}/act": Permission.ACT,
    "/panel/{case_id}/check": Permission.CHECK_DRAFTS,
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


async def permitted(request: Request) -> None:
    """A dependency of every route: 403 where the role of whoever asks may not.

    And where a change comes by cookie, and no page of ours made it.
    """
    asked = bearer(request)
    require(asked, NEEDS.get(name_of(request.scope["route"])))
    await check_csrf(request)
    asks("" if asked is None else _called(asked))


def bearer(request: Request) -> Bearer | None:
    """Whoever asks, by key, token or session; none where nobody needs to say."""
    asked: Bearer | None = request.state.key
    return asked


def through(request: Request) -> str:
    """The id of the key, session or token that is asked through; empty where none is needed."""
    asked = bearer(request)
    return asked.id if asked else ""


def admitted(request: Request) -> Admitted | None:
    """Whoever asks, and what they came in by."""
    found: Admitted | None = request.state.admitted
    return found


def _called(asked: Bearer) -> str:
    return (asked.name if isinstance(asked, Person) else "") or asked.id


async def level_asked(request: Request, asked: Level | None) -> Level:
    """The level that is asked for, up to that of whoever asks. Raises `NotPermitted`."""
    desk: Desk = request.app.state.desk
    return await run_in_threadpool(level_for, desk, bearer(request), asked)
