"""The FastAPI application over one open desk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool

from assist import __version__
from assist.service.desk import Desk
from assist.web.access import Doorkeeper, permitted
from assist.web.api import (
    cases,
    consultations,
    drafts,
    feedback,
    grants,
    health,
    ingest,
    inquiries,
    ledger,
    policies,
    search,
    suggestions,
)
from assist.web.errors import add_handlers
from assist.web.headers import SecurityHeaders
from assist.web.limits import UPLOADS, RequestLimit
from assist.web.methods import HeadAsGet
from assist.web.openapi import TAGS, Service
from assist.web.pages import inquiries as inquiries_page
from assist.web.pages import policies as policies_page
from assist.web.pages import sample
from assist.web.parameters import only_known_parameters
from assist.web.worker import Worker

STATIC = Path(__file__).parent / "static"


def create_app(desk: Desk) -> FastAPI:
    """The service. The interactive API documents are off: they load scripts from elsewhere."""
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
    # The last one added sees a request first.
    app.add_middleware(RequestLimit, streamed=UPLOADS)
    app.add_middleware(Doorkeeper)
    app.add_middleware(HeadAsGet)
    app.add_middleware(SecurityHeaders)
    add_handlers(app)
    for resource in (
        suggestions,
        feedback,
        drafts,
        search,
        inquiries,
        ingest,
        health,
        policies,
        grants,
        consultations,
        cases,
        ledger,
        sample,
        inquiries_page,
        policies_page,
    ):
        app.include_router(resource.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.worker = Worker()
    yield
    # What is begun uses the desk, which is closed next.
    await run_in_threadpool(app.state.worker.close)
