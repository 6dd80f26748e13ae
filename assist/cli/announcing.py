"""What a server says as it begins: who may come in, and the link of whoever started it."""

from pathlib import Path
from typing import TYPE_CHECKING

from assist.cli.keys import OPEN
from assist.cli.options import say
from assist.domain.base import Model
from assist.settings import Settings

if TYPE_CHECKING:  # only a server needs it, and only where it is started
    from assist.service.desk import Desk


class Told(Model):
    """What a process that serves is told: of whom, where it is reached, by which open socket.

    `builds`: of several processes on one home, this is the one that builds; `announces`: it says
    how to come in.
    """

    home: Path
    workspace: str
    sign_in: bool
    address: str
    descriptor: int
    builds: bool = True
    announces: bool = True


NOBODY = (
    "everybody must sign in and nobody can: make a key (`assist keys create`), "
    "or start with --sign-in"
)


def asking_everybody(settings: Settings) -> Settings:
    """The settings under which nothing is open, whether or not there is a key."""
    sign_in = settings.sign_in.model_copy(update={"required": True})
    return settings.model_copy(update={"sign_in": sign_in})


def say_how_to_come_in(desk: "Desk", told: Told) -> None:
    """The link of whoever started it, where they asked for one; else who may come in."""
    if told.sign_in:
        say_link(desk, told.address)
    else:
        say_who_may_come_in(desk)


def say_who_may_come_in(desk: "Desk") -> None:
    """That all is open to anybody, or closed to everybody; nothing where there is a way in."""
    if desk.parts.keys.guarded() or desk.parts.provider or desk.parts.host_tokens:
        return
    say(NOBODY if desk.doors.closed else OPEN)


def say_link(desk: "Desk", address: str) -> None:
    """A link with which whoever started the server signs in, once."""
    from assist.service.sign_in import LINK_LIFE, SignIn

    minutes = int(LINK_LIFE.total_seconds() // 60)
    base = desk.doors.sign_in.url.rstrip("/") or address
    link = f"{base}/sign-in/link?token={SignIn(desk).link()}"
    say(f"sign in as admin, once, within {minutes} minutes: {link}")
