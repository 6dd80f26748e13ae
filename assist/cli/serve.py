"""`assist serve`: the HTTP service over one home."""

import socket
from typing import Annotated

import typer

from assist.cli.options import Home, Workspace, fails_cleanly, say
from assist.errors import BadSetting
from assist.settings import read_settings


@fails_cleanly
def serve_command(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes.", min=1)] = 1,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Serve the API and the page. Embedded stores serve one process."""
    if workers > 1:
        raise BadSetting(
            "the embedded vector store serves one process",
            where="--workers",
            cure="use --workers 1",
        )
    import uvicorn

    from assist.web.app import create_app
    from assist.wiring import opened

    _check_free(host, port)
    with opened(read_settings(home, workspace)) as desk:
        desk.warm()
        say(f"listening on http://{host}:{port}")
        try:
            uvicorn.run(create_app(desk), host=host, port=port, log_level="warning")
        except SystemExit as error:
            raise BadSetting(
                "cannot listen there", where=f"{host}:{port}", cure="choose another --port"
            ) from error


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
