"""`assist serve`: the HTTP service over one home, in one process or several."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli.announcing import Told, asking_everybody, say_how_to_come_in
from assist.cli.listening import address_of, taken
from assist.cli.options import Home, Workspace, fails_cleanly, say
from assist.settings import Settings, read_settings

if TYPE_CHECKING:
    import socket


@fails_cleanly
def serve_command(
    *,
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 is all of this machine's.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[
        int, typer.Option(help="Processes that serve; one of them builds.", min=1, max=64)
    ] = 1,
    sign_in: Annotated[
        bool,
        typer.Option(
            "--sign-in",
            metavar="",
            help="Ask everybody to sign in, key or no key, and print a link that opens once.",
        ),
    ] = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Serve the API and the pages over HTTP, until Ctrl-C or SIGTERM.

    Told to end, it goes on with what it has begun for up to ASSIST_LOAD__DRAIN_SECONDS; told twice,
    it ends at once.
    """
    settings = read_settings(home, workspace)
    settings = asking_everybody(settings) if sign_in else settings
    with taken(host, port) as listening:
        shown = f"http://{host}:{port}"
        told = Told(
            home=settings.home,
            workspace=settings.workspace,
            sign_in=sign_in,
            address=address_of(host, port),
            descriptor=listening.fileno(),
        )
        serve = _serve_alone if workers == 1 else partial(_serve_with, workers)
        serve(settings, listening, shown, told)


def _serve_alone(settings: Settings, listening: "socket.socket", shown: str, told: Told) -> None:
    from assist.cli.answering import answer, busy, told_to_end, warmed
    from assist.wiring import opened

    with told_to_end(), opened(settings, told.address) as desk:
        warmed(desk)

        def announce() -> None:
            say(f"listening on {shown}")
            say_how_to_come_in(desk, told)

        with busy(desk, settings):
            answer(desk, settings, listening, announce)


def _serve_with(
    workers: int, settings: Settings, listening: "socket.socket", shown: str, told: Told
) -> None:
    from assist.cli.supervising import Supervisor
    from assist.wiring import owned

    with owned(settings, told.address) as home:
        resolved = told.model_copy(update={"home": home.path})
        Supervisor(settings, listening, workers, resolved).run(lambda: say(f"listening on {shown}"))
