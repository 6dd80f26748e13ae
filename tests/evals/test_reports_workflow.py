"""The example of a workflow: every command in it exists, and it gates, keeps and comments."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.testing import CliRunner

from evals.cli import app
from evals.reports import writing
from evals.suites import load_suite

FILE = Path(__file__).parents[2] / "docs" / "examples" / "evals.yml"
WORKFLOW: dict[Any, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = WORKFLOW["jobs"]["evals"]["steps"]
OPTION = re.compile(r"(?<!\S)--[a-z][a-z-]+")


def commands() -> Iterator[str]:
    """Each command of ours in the steps."""
    for step in STEPS:
        for line in step.get("run", "").splitlines():
            found = re.search(r"\bassist-evals .+?(?=\|\||;|$)", line)
            if found:
                yield found.group().strip()


def test_the_workflow_runs_on_pull_requests_and_on_the_main_branch() -> None:
    triggers = WORKFLOW[True]  # YAML 1.1 reads `on` as yes
    assert set(triggers) == {"pull_request", "push"}
    assert triggers["push"]["branches"] == ["main"]


@pytest.mark.parametrize("command", tuple(commands()))
def test_a_command_of_the_workflow_exists_with_its_options(command: str) -> None:
    _, name, *words = shlex.split(command)
    known = typer.main.get_command(app)
    assert name in known.commands
    shown = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"})
    given = {option for word in words for option in OPTION.findall(word)}
    assert given <= set(OPTION.findall(shown.output)), command


def test_the_workflow_runs_gates_and_publishes() -> None:
    names = [command.split()[1] for command in commands()]
    assert names == ["regrade", "run", "publish"]
    (ran,) = (step for step in STEPS if step.get("id") == "run")
    assert "continue-on-error" not in ran
    assert "--baseline" in ran["run"]
    load_suite(WORKFLOW["env"]["SUITE"])


def test_what_it_keeps_and_comments_is_what_a_run_writes() -> None:
    (kept,) = (step["with"]["path"] for step in STEPS if "upload-artifact" in step.get("uses", ""))
    written = {writing.HTML, writing.MARKDOWN, writing.JUNIT, "run.json", "cases.json"}
    assert {Path(line).name for line in kept.split()} == written
    (comment,) = (step for step in STEPS if step.get("name") == "Comment")
    assert f"--body-file out/{writing.MARKDOWN}" in comment["run"]
    assert WORKFLOW["permissions"]["pull-requests"] == "write"


def test_whatever_fails_the_reports_are_kept_and_shown() -> None:
    later = STEPS[[step.get("id") for step in STEPS].index("run") + 1 :]
    assert all("if" in step for step in later)
    assert [step["name"] for step in later if "always()" in step["if"]] == [
        "Keep the reports",
        "Show it with the job",
        "Comment",
    ]


@pytest.mark.parametrize("script", [step["run"] for step in STEPS if "run" in step])
def test_every_script_is_one_that_a_shell_can_read(script: str) -> None:
    plain = re.sub(r"\$\{\{.*?\}\}", "x", script)
    done = subprocess.run(["bash", "-n"], input=plain, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
