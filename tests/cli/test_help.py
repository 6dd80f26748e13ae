"""The help of every command shows what was written for it: brackets are not taken for markup."""

from collections.abc import Iterator

import pytest
import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.testing import CliRunner

import assist.cli
import evals.cli

APPS: dict[str, typer.Typer] = {"assist": assist.cli.app, "assist-evals": evals.cli.app}
WIDE = {"COLUMNS": "300"}


def commands(
    found: object, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], TyperCommand]]:
    """The words that call a command, and the command."""
    if isinstance(found, TyperGroup):
        for name, inner in found.commands.items():
            yield from commands(inner, (*path, name))
    elif isinstance(found, TyperCommand):
        yield path, found


ALL = [
    (path, command)
    for name, app in APPS.items()
    for path, command in commands(typer.main.get_command(app), (name,))
]


def shown(path: tuple[str, ...]) -> str:
    """The help, on one line."""
    done = CliRunner().invoke(APPS[path[0]], [*path[1:], "--help"], env=WIDE)
    assert done.exit_code == 0, done.output
    return " ".join(done.output.replace("│", " ").split())


def test_all_commands_are_looked_at() -> None:
    paths = {" ".join(path) for path, _ in ALL}
    assert paths > {"assist search", "assist index verify", "assist-evals retrieval"}


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) for path, _ in ALL])
def test_every_word_of_help_is_shown(path: tuple[str, ...], command: TyperCommand) -> None:
    text = shown(path)

    assert " ".join((command.help or "?").split()) in text
    for parameter in command.params:
        said = getattr(parameter, "help", None)
        assert said, f"{path}: {parameter.name} has no help"
        assert " ".join(said.split()) in text


@pytest.mark.parametrize(("path", "command"), ALL, ids=[" ".join(path) for path, _ in ALL])
def test_a_switch_shows_no_value_to_give(path: tuple[str, ...], command: TyperCommand) -> None:
    text = shown(path)

    for parameter in command.params:
        if isinstance(parameter, TyperOption) and parameter.is_flag and parameter.name != "help":
            assert f"{parameter.opts[0]} <" not in text


@pytest.mark.parametrize(
    ("command", "default"),
    [
        ("assist suggest", "Files of tickets, or - for stdin. [default: (-)]"),
        ("assist suggest", "[default: (now)]"),
        ("assist explain", "One of its candidates, e.g. i1.c1. [default: (all)]"),
        ("assist try-policies", "[default: (the rules that serve in the home)]"),
        ("assist try-policies", "Where the customer is. [default: (as the facts say)]"),
        ("assist search", "[default: (10, or 100 with --run)]"),
        ("assist-evals retrieval", "[default: (BEIR_DIR/qrels/test.tsv)]"),
    ],
)
def test_what_happens_where_nothing_is_given_is_shown(command: str, default: str) -> None:
    assert default in shown(tuple(command.split()))
