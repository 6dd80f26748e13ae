"""`assist sessions`: who is signed in, and an end to it."""

from collections.abc import Sequence
from typing import Annotated

import typer

from assist.cli.keys import day
from assist.cli.options import Home, Json, Workspace, fails_cleanly
from assist.cli.table import show_table
from assist.domain.base import Model
from assist.domain.sign_in import Session
from assist.settings import read_settings

COLUMNS = ("id", "state", "kind", "by", "who", "name", "role", "level", "made", "seen", "ends")

app = typer.Typer(
    name="sessions", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


class Sessions(Model):
    """The sessions and tokens of a workspace, the newest first."""

    sessions: tuple[Session, ...]


@app.callback()
def about() -> None:
    """List and end the sessions of a workspace, also beside a running server."""


@app.command("list")
@fails_cleanly
def list_command(as_json: Json = False, home: Home = None, workspace: Workspace = None) -> None:
    """List who is signed in, and who was in the last 30 days."""
    from assist.wiring import visitors

    settings = read_settings(home, workspace)
    with visitors(settings) as found:
        sessions, now = tuple(found.listed()), found.clock.now()
    if as_json:
        print(Sessions(sessions=sessions).model_dump_json())
    elif sessions:
        rows = [_row(one, one.state(now, settings.doors.sign_in.idle)) for one in sessions]
        show_table(COLUMNS, rows)


@app.command("revoke")
@fails_cleanly
def revoke_command(
    session_id: Annotated[
        str, typer.Argument(metavar="ID", help="As `assist sessions list` names it.")
    ],
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """End a session or a token: from the next request on it opens nothing."""
    from assist.wiring import visitors

    with visitors(read_settings(home, workspace)) as found:
        session = found.revoke(session_id)
    print(f"session {session.id} is over since {day(session.ended_at, '')}")


def _row(session: Session, state: str) -> Sequence[str]:
    person = session.person
    times = (session.made_at, session.seen_at, session.expires_at)
    said = (session.id, state, session.kind, session.means, person.id, person.name)
    return (*said, person.role, person.level, *(day(at, "") for at in times))
