"""The FastAPI application over one open desk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from opentelemetry.trace import Tracer
from starlette.concurrency import run_in_threadpool

from assist import __version__
from assist.domain.load import LoadSettings
from assist.service.auditing import Auditing
from assist.service.desk import Desk
from assist.web.access import permitted
from assist.web.api import (
    approvals,
    audit,
    cases,
    closing,
    consultations,
    drafts,
    escalations,
    eval_runs,
    feedback,
    gaps,
    grants,
    health,
    helpdesks,
    hooks,
    ingest,
    inquiries,
    kb_health,
    ledger,
    metrics,
    notices,
    policies,
    precedents,
    record,
    search,
    suggestions,
    tokens,
    trends,
    upstream,
)
from assist.web.auditing import Audited
from assist.web.doorkeeper import Doorkeeper
from assist.web.errors import add_handlers
from assist.web.headers import SecurityHeaders
from assist.web.limits import UPLOADS, RequestLimit
from assist.web.methods import HeadAsGet
from assist.web.metrics import Metrics
from assist.web.openapi import TAGS, Service
from assist.web.pages import desk as desk_page
from assist.web.pages import (
    desk_approvals,
    desk_consultations,
    desk_escalations,
    desk_follow_ups,
    desk_helpdesk,
    home,
    panel_steps,
    panel_tickets,
    panel_zendesk,
    sample,
    sign_in,
    trends_upstream,
)
from assist.web.pages import evals as evals_page
from assist.web.pages import gaps as gaps_page
from assist.web.pages import inquiries as inquiries_page
from assist.web.pages import kb_health as kb_health_page
from assist.web.pages import panel as panel_page
from assist.web.pages import policies as policies_page
from assist.web.pages import search as search_page
from assist.web.pages import trends as trends_page
from assist.web.pages.refused import add_refusals
from assist.web.parameters import only_known_parameters
from assist.web.rate_limit import RateLimit
from assist.web.request_seen import RequestSeen
from assist.web.tracing import Both, Tracing
from assist.web.worker import Worker

STATIC = Path(__file__).parent / "static"


def create_app(
    desk: Desk, load: LoadSettings | None = None, tracer: Tracer | None = None
) -> FastAPI:
    """The service. The interactive API documents are off: they load scripts from elsewhere.

    `load` is how much it takes on, `tracer` where its spans go, by default nowhere.
    """
    app = Service(
        title="assist",
        version=__version__,
        description="Agent-assist for customer support: a ticket in, a suggestion out.",
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a path with a slash too many is another path
        dependencies=[Depends(permitted), Depends(only_known_parameters)],
        lifespan=_lifespan,
    )
    app.state.desk = desk
    app.state.load = load = load or LoadSettings()
    app.state.metrics, tracing = Metrics(), Tracing(tracer)
    desk.telemetry = Both(app.state.metrics, tracing)
    app.state.auditing = Auditing(desk.parts.audit)
    # The last one added sees a request first.
    app.add_middleware(RequestLimit, streamed=UPLOADS)
    app.add_middleware(Audited)
    app.add_middleware(RateLimit)
    app.add_middleware(Doorkeeper)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SecurityHeaders, ancestors=desk.doors.frame_ancestors)
    app.add_middleware(
        RequestSeen, metrics=app.state.metrics, tracing=tracing, seconds=load.seconds
    )
    add_handlers(app)
    add_refusals(app)
    for resource in (
        suggestions,
        feedback,
        drafts,
        search,
        inquiries,
        ingest,
        health,
        metrics,
        policies,
        grants,
        consultations,
        cases,
        ledger,
        escalations,
        approvals,
        record,
        precedents,
        closing,
        hooks,
        helpdesks,
        notices,
        tokens,
        audit,
        sign_in,
        home,
        sample,
        desk_helpdesk,
        desk_page,
        desk_follow_ups,
        desk_approvals,
        desk_consultations,
        desk_escalations,
        search_page,
        panel_steps,
        panel_tickets,
        panel_zendesk,
        panel_page,
        inquiries_page,
        policies_page,
        eval_runs,
        evals_page,
        kb_health,
        kb_health_page,
        trends,
        trends_page,
        trends_upstream,
        upstream,
        gaps,
        gaps_page,
    ):
        app.include_router(resource.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.worker = Worker(app.state.load, app.state.metrics)
    app.state.left = set()
    yield
    # What is begun uses the desk, which is closed next.
    await run_in_threadpool(app.state.worker.close)
    await run_in_threadpool(app.state.auditing.close)
