"""A command is read when it is called: who asks for one does not wait for the others."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from assist.cli import COMMANDS, app


def shown(*arguments: str) -> str:
    done = CliRunner().invoke(app, [*arguments], env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return done.output


def test_to_import_the_command_line_reads_no_command() -> None:
    loaded = "import sys, assist.cli; print(*sorted(m for m in sys.modules if 'assist' in m))"
    done = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["assist", "assist.cli"]


def test_the_help_lists_every_command_with_its_first_sentence() -> None:
    text = shown("--help")

    lines = {line.strip("│ ").split("  ")[0]: line for line in text.splitlines()}
    assert lines.keys() >= COMMANDS.keys()
    assert "Search the knowledge base" in lines["search"]
    assert "Check, mend or rebuild the search indexes" in lines["index"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help_of_its_own(command: str) -> None:
    assert f"Usage: assist {command}" in shown(command, "--help")


def test_a_misspelt_command_is_told_the_nearest() -> None:
    done = CliRunner().invoke(app, ["serach"])

    assert done.exit_code == 2
    assert "search" in done.output
