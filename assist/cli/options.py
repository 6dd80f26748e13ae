"""Options that every command shares, and how a failure ends a command."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer

from assist.errors import AssistError

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="The folder that holds all state.",
        show_default="ASSIST_HOME, else .assist",
    ),
]
Workspace = Annotated[
    str | None,
    typer.Option(
        "--workspace",
        metavar="NAME",
        help="Whose knowledge and suggestions these are.",
        show_default="ASSIST_WORKSPACE, else default",
    ),
]
Json = Annotated[
    bool, typer.Option("--json", metavar="", help="Print JSON on stdout, for programs.")
]
All = Annotated[
    bool, typer.Option("--all", metavar="", help="Show also the rules that do not apply.")
]
At = Annotated[
    str | None,
    typer.Option(
        metavar="TIME", help="Judge as of this time: 2026-11-20T10:00:00Z.", show_default="now"
    ),
]

P = ParamSpec("P")
R = TypeVar("R")


def fails_cleanly(command: Callable[P, R]) -> Callable[P, R]:
    """Our errors become one line on stderr and exit code 2; a closed pipe ends quietly."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except AssistError as error:
            say(f"error: {error}")
            raise typer.Exit(2) from error
        except BrokenPipeError as error:
            sys.stderr.close()
            raise typer.Exit(0) from error

    return wrapped


def say(*words: Any) -> None:
    """Words for the person at the terminal: stderr, so that stdout stays data."""
    print(*words, file=sys.stderr)
