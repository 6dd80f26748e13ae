"""A run that is stopped and started again, and one by several processes, through the command."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from assist.domain.evaluation import EvalResult, EvalRun
from evals.cli import app
from evals.running.reading import read_run
from evals.suites import ROOT

SUITES = """\
suites:
  jug:
    corpus: {root}/tests/data/evals/kb
    cases: [{root}/tests/data/evals/cases, {tickets}]
    thresholds: {{integrity: 1.0}}
"""
PATIENCE = 300
ANYWHERE = ("outcome", "issues", "says", "never_says", "points", "language")
"""Expectations that name nothing of a company's own."""


@pytest.fixture(scope="module")
def suites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A suite of two folders over a small corpus: its own cases, and tickets of a larger one."""
    folder = tmp_path_factory.mktemp("suites")
    tickets = folder / "tickets"
    tickets.mkdir()
    for case in (ROOT / "evals/cases/core").glob("*.yaml"):
        content = yaml.safe_load(case.read_text(encoding="utf-8"))
        expect = content["expect"]
        content["expect"] = {name: expect[name] for name in ANYWHERE if name in expect}
        (tickets / case.name).write_text(yaml.safe_dump(content), encoding="utf-8")
    file = folder / "suites.yaml"
    file.write_text(SUITES.format(root=ROOT, tickets=tickets), encoding="utf-8")
    return file


def arguments(suites: Path, out: Path, *more: str) -> list[str]:
    """Of the command."""
    return ["run", "jug", "--suites", str(suites), "--out", str(out), *more]


@pytest.fixture(scope="module")
def alone(suites: Path, tmp_path_factory: pytest.TempPathFactory) -> EvalRun:
    """The suite run by one process."""
    return ran(arguments(suites, tmp_path_factory.mktemp("alone"), "--workers", "1"))[1]


def ran(given: list[str]) -> tuple[Result, EvalRun]:
    """What the command said, and the run it wrote."""
    result = CliRunner().invoke(app, given)
    assert result.exit_code in {0, 1}, result.output
    return result, read_run(Path(given[given.index("--out") + 1]))


def found(results: tuple[EvalResult, ...]) -> list[object]:
    """What was suggested and how it scored, but for times."""
    return [
        (
            one.case_id,
            {n: s.value for n, s in one.scores.items() if s.amount is None},
            one.suggestion and (one.suggestion.id, one.suggestion.draft),
        )
        for one in results
    ]


@pytest.fixture
def heeds_ctrl_c() -> Iterator[None]:
    """What is started heeds Ctrl-C, also where the tests run in the background and do not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def interrupted(suites: Path, tmp_path: Path, heeds_ctrl_c: None) -> tuple[Path, bytes, str]:
    """A run of two processes that Ctrl-C stopped after some trials, and what it had kept."""
    command = [sys.executable, "-m", "tests.evals.assist_evals", *arguments(suites, tmp_path)]
    lines = tmp_path / "results.jsonl"
    with subprocess.Popen(
        [*command, "--workers", "2"], cwd=ROOT, stderr=subprocess.PIPE, text=True, env=os.environ
    ) as process:
        until = time.monotonic() + PATIENCE
        while not (lines.exists() and lines.read_bytes().count(b"\n") >= 2):
            assert process.poll() is None, process.stderr and process.stderr.read()
            assert time.monotonic() < until
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == 130
    return tmp_path, lines.read_bytes(), said


def test_a_stopped_run_goes_on_without_running_anything_again(
    suites: Path, interrupted: tuple[Path, bytes, str], alone: EvalRun
) -> None:
    out, before, said = interrupted
    done = before.count(b"\n")
    assert f"stopped: what was finished is kept in {out}" in said
    assert 2 <= done < len(alone.results)

    result, run = ran(arguments(suites, out))

    assert (out / "results.jsonl").read_bytes().startswith(before)
    assert f"case {done + 1} of {len(alone.results)}: " in result.stderr
    assert result.stderr.count("case ") == len(alone.results) - done
    assert f"taken up again: {done} trials had been run before" in run.notes
    assert found(run.results) == found(alone.results)


def test_several_processes_and_trials_find_what_one_finds(
    suites: Path, tmp_path: Path, alone: EvalRun
) -> None:
    _, run = ran(arguments(suites, tmp_path, "--workers", "3", "--trials", "2"))
    assert (run.workers, run.trials) == (3, 2)
    assert [(one.case_id, one.trial) for one in run.results] == [
        (one.case_id, trial) for one in alone.results for trial in (1, 2)
    ]
    assert found(run.results[0::2]) == found(run.results[1::2]) == found(alone.results)
    assert set(run.pass_k) == {1, 2}
    assert run.versions == alone.versions


def test_a_finished_run_is_not_run_again(suites: Path, tmp_path: Path) -> None:
    given = arguments(suites, tmp_path, "--case", "filter-how-to")
    first = ran(given)[1]
    result, again = ran(given)
    assert "every trial has been run before" in result.stderr
    assert (again.id, again.results) == (first.id, first.results)
    assert "ingest" not in result.stderr
