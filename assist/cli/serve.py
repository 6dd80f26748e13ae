"""`assist serve`: the HTTP service over one home."""

import signal
import socket
from typing import Annotated, Never

import typer

from assist.cli.keys import OPEN
from assist.cli.options import Home, Workspace, fails_cleanly, say
from assist.errors import BadSetting, NoIndex
from assist.settings import read_settings

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognized, not bound
"""Addresses that a server listens on and nobody can call."""


@fails_cleanly
def serve_command(
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 is all of this machine's.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[
        int, typer.Option(help="Processes; the embedded stores serve 1.", min=1)
    ] = 1,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Serve the API and the pages over HTTP, until Ctrl-C."""
    if workers > 1:
        raise BadSetting(
            "the embedded vector store serves one process",
            where="--workers",
            cure="use --workers 1",
        )
    import uvicorn

    from assist.service.building import building
    from assist.service.recovering import recovering
    from assist.web.app import create_app
    from assist.web.limits import SERVER
    from assist.wiring import opened

    _check_free(host, port)
    signal.signal(signal.SIGTERM, _interrupt)
    settings = read_settings(home, workspace)
    with opened(settings, _url(host, port)) as desk:
        try:
            desk.warm()
        except NoIndex as error:
            say(f"nothing to answer from yet: {error}, or send documents to /v1/ingest")
        say(f"listening on http://{host}:{port}")
        if not desk.parts.keys.guarded():
            say(OPEN)
        app = create_app(desk)
        with building(desk), recovering(desk):
            try:
                uvicorn.run(app, host=host, port=port, log_level="warning", **SERVER)
            except SystemExit as error:
                raise BadSetting(
                    "cannot listen there", where=f"{host}:{port}", cure="choose another --port"
                ) from error


def _url(host: str, port: int) -> str:
    """Where other processes of this machine reach the server."""
    reached = EVERYWHERE.get(host, host)
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"


def _interrupt(_signal: int, _frame: object) -> Never:
    """End on a request to terminate as on Ctrl-C: half-done jobs put back, the database closed."""
    raise KeyboardInterrupt


def _check_free(host: str, port: int) -> None:
    """Say at once that somebody else listens there, before the model is loaded."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            where = f"{host}:{port}"
            problem = f"cannot listen there: {error.strerror or error}"
            raise BadSetting(problem, where=where, cure="choose another --port") from error
