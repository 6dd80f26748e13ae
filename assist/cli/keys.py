"""`assist keys`: who may use the service over HTTP."""

from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly, say
from assist.cli.table import show_table
from assist.domain.access import ApiKey
from assist.domain.base import Model
from assist.settings import Settings, read_settings

if TYPE_CHECKING:
    from datetime import datetime

    from assist.service.keyring import Keyring

OPEN = "no key: anybody who reaches the port may do everything (`assist keys create` closes it)"
COLUMNS = ("id", "role", "level", "made", "expires", "revoked", "last used", "note")

app = typer.Typer(
    name="keys", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)


class Keys(Model):
    """The keys of a workspace, the oldest first."""

    keys: tuple[ApiKey, ...]


@app.callback()
def about() -> None:
    """Make, list and revoke the API keys of a workspace, also beside a running server."""


@app.command("create")
@fails_cleanly
def create_command(
    role: Annotated[
        str, typer.Option(metavar="ROLE", help="What it opens: agent, lead, qa, editor or admin.")
    ],
    level: Annotated[
        str | None,
        typer.Option(
            help="The most its bearer may grant: a level of authority.yaml.",
            show_default="the lowest",
        ),
    ] = None,
    expires: Annotated[
        str | None,
        typer.Option(
            metavar="DATE|90d",
            help="The day it ends, at 00:00 UTC, or in how many days.",
            show_default="never",
        ),
    ] = None,
    note: Annotated[str, typer.Option(help="Whose it is, or what for.", show_default="none")] = "",
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Make a key and print its secret, which is told this once and kept nowhere.

    From the first key on, every request needs one.
    """
    from assist.wiring import keyring

    with keyring(read_settings(home, workspace)) as ring:
        issued = ring.create(role, level=level, expires=expires, note=note)
    if as_json:
        print(issued.model_dump_json())
        return
    print(issued.secret)
    key = issued.key
    ends = day(key.expires_at, "never")
    say(f"key {key.id}: role {key.role}, level {key.level}, expires {ends}")
    say("send it as Authorization: Bearer …; it is not shown again")


@app.command("list")
@fails_cleanly
def list_command(as_json: Json = False, home: Home = None, workspace: Workspace = None) -> None:
    """List every key that was ever made, without its secret."""
    from assist.wiring import keyring

    settings = read_settings(home, workspace)
    with keyring(settings) as ring:
        keys = ring.listed()
        _say_if_open(ring, settings)
    if as_json:
        print(Keys(keys=keys).model_dump_json())
    elif keys:
        show_table(COLUMNS, [_row(key) for key in keys])


@app.command("revoke")
@fails_cleanly
def revoke_command(
    key_id: Annotated[
        str, typer.Argument(metavar="ID", help="As `assist keys list` names it; not the secret.")
    ],
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Take a key back: from the next request on it opens nothing."""
    from assist.wiring import keyring

    settings = read_settings(home, workspace)
    with keyring(settings) as ring:
        key = ring.revoke(key_id)
        print(f"key {key.id} is revoked since {day(key.revoked_at, '')}")
        _say_if_open(ring, settings)


def _say_if_open(ring: "Keyring", settings: Settings) -> None:
    if not ring.guarded and not settings.doors.closed:
        say(OPEN)


def _row(key: ApiKey) -> tuple[str, ...]:
    ends = (key.expires_at, key.revoked_at, key.last_used_at)
    times = (day(key.made_at, ""), *(day(end, "never") for end in ends))
    return (key.id, key.role, key.level, *times, key.note)


def day(at: "datetime | None", otherwise: str) -> str:
    """A time as lists show it."""
    return f"{at:%Y-%m-%d %H:%M}" if at else otherwise
