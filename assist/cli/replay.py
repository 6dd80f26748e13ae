"""`assist replay`: what was suggested once, made again, and what differs."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly
from assist.errors import HomeBusy
from assist.settings import Settings, read_settings

if TYPE_CHECKING:
    from assist.graph.casework.compared import Difference
    from assist.service.desk import Desk
    from assist.service.replaying import Replay


@fails_cleanly
def replay_command(
    which: Annotated[
        str,
        typer.Argument(
            metavar="CASE|SUGGESTION", help="A case, or one of its suggestions, by its id."
        ),
    ],
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Suggest again from what a case keeps; say what differs, and which version made it differ.

    Ends with 0 where nothing differs, and with 1 where something does. Nothing is kept. Works
    beside a running server too, on the indexes that it has built.
    """
    from assist.service.replaying import replay

    with _owned_or_beside(read_settings(home, workspace)) as desk:
        found = asyncio.run(replay(desk, which))
    print(found.model_dump_json() if as_json else "\n".join(_shown(found)))
    if not found.same:
        raise typer.Exit(1)


@contextmanager
def _owned_or_beside(settings: Settings) -> Iterator["Desk"]:
    """The desk of the home; beside whoever owns it, one that reads what they have built."""
    from assist.adapters.indexes import Share
    from assist.wiring import joined, opened

    with ExitStack() as stack:
        try:
            desk = stack.enter_context(opened(settings))
        except HomeBusy:
            desk = stack.enter_context(joined(settings, Share.READS))
        yield desk


def _shown(found: "Replay") -> Iterator[str]:
    ticket = f"ticket {found.ticket_id}, revision {found.revision}"
    yield f"Suggestion {found.suggestion_id} of case {found.case_id}: {ticket}"
    yield f"made {found.judged_at:%Y-%m-%d %H:%M %Z} at level {found.level}"
    yield "Nothing differs." if found.same else "These differ:"
    for difference in found.differences:
        yield from _difference(difference)
    if found.versions:
        yield "Other versions serve now:"
    for version in found.versions:
        yield f"  {version.name}: {version.then or 'none'} → {version.now or 'none'}"
    yield from (f"note: {note}" for note in found.notes)


def _difference(difference: "Difference") -> Iterator[str]:
    yield f"  {difference.what}, by {difference.because}"
    yield from (f"    - {text}" for text in difference.then)
    yield from (f"    + {text}" for text in difference.now)
