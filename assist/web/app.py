"""The FastAPI application over one open desk."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from assist import __version__
from assist.service.desk import Desk
from assist.web.api import suggestions
from assist.web.errors import add_handlers
from assist.web.limits import BodyLimit
from assist.web.pages import sample

STATIC = Path(__file__).parent / "static"


def create_app(desk: Desk) -> FastAPI:
    """The service. The interactive API documents are off: they load scripts from elsewhere."""
    app = FastAPI(
        title="assist",
        version=__version__,
        description="Agent-assist for customer support.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.desk = desk
    app.add_middleware(BodyLimit)
    add_handlers(app)
    app.include_router(suggestions.router)
    app.include_router(sample.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
