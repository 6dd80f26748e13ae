"""A run that was kept, scored by today's grader and cases: nothing is suggested anew."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from assist.domain.evaluation import EvalRun
from evals.cli import app
from evals.running.reading import read_run
from evals.suites import ROOT

DATA = ROOT / "tests" / "data" / "evals"


def called(*arguments: str) -> Result:
    """The command, done."""
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a suite of its own (`cases`, `kb`, `suites.yaml`) and a run of it in `run`."""
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(DATA / "cases", folder / "cases")
    shutil.copytree(DATA / "kb", folder / "kb")
    suite = {"corpus": str(folder / "kb"), "cases": str(folder / "cases")}
    (folder / "suites.yaml").write_text(yaml.safe_dump({"suites": {"jug": suite}}), "utf-8")
    done = called("run", "jug", "--suites", str(folder / "suites.yaml"), "--out", f"{folder}/run")
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "suites.yaml").read_text("utf-8").replace(str(kept), str(tmp_path))
    (tmp_path / "suites.yaml").write_text(text, "utf-8")
    return tmp_path


def change(file: Path, change: Callable[[dict[str, object]], None]) -> None:
    """Change a YAML file."""
    case = yaml.safe_load(file.read_text("utf-8"))
    change(case)
    file.write_text(yaml.safe_dump(case), "utf-8")


def regrade(folder: Path, *more: str) -> Result:
    """The run, scored anew."""
    suites = str(folder / "suites.yaml")
    return called("regrade", str(folder / "run"), "--suites", suites, *more)


def test_the_same_grader_finds_the_same(folder: Path) -> None:
    before = read_run(folder / "run")
    result = regrade(folder, "--json")
    assert result.exit_code == 0, result.output
    after = EvalRun.model_validate_json(result.stdout)
    assert after.results == before.results
    assert after.summaries == before.summaries
    assert f"scored anew by grader {before.versions.grader}" in after.notes[-1]


def test_another_expectation_is_scored_without_suggesting_anew(folder: Path) -> None:
    def expects(case: dict[str, object]) -> None:
        case["expect"] = {"says": ["ninety moons"]}

    change(folder / "cases/1-filter-how-to.yaml", expects)
    result = regrade(folder, "--out", str(folder / "anew"))
    assert result.exit_code == 0, result.output
    after, before = read_run(folder / "anew"), read_run(folder / "run")
    assert after.results[0].scores["wording"].value == 0
    assert "ninety moons" in after.results[0].scores["wording"].explanation
    assert after.results[0].suggestion == before.results[0].suggestion
    assert after.versions.cases != before.versions.cases
    assert (folder / "anew/cases.json").exists()


def test_a_case_that_asks_something_else_now_is_left_out_and_named(folder: Path) -> None:
    def asks(case: dict[str, object]) -> None:
        case["ticket"] = {"text": "Where do I get a new filter?"}

    change(folder / "cases/1-filter-how-to.yaml", asks)
    after = EvalRun.model_validate_json(regrade(folder, "--json").stdout)
    assert [one.case_id for one in after.results] == ["foreign-question"]
    assert "left out: filter-how-to (another question now)" in after.notes


def test_a_run_over_another_corpus_is_not_scored(folder: Path) -> None:
    article = folder / "kb/articles/filter.md"
    article.write_text(article.read_text("utf-8") + "\nRinse it twice.\n", "utf-8")
    result = regrade(folder)
    assert result.exit_code == 2
    assert "the corpus is not the one it was run over: corpus " in result.stderr


def test_what_is_kept_is_not_written_over(folder: Path) -> None:
    result = regrade(folder, "--out", str(folder / "run"))
    assert result.exit_code == 2
    assert "holds a run already" in result.stderr


def test_a_baseline_of_an_older_grader_is_of_use_once_it_is_scored_anew(folder: Path) -> None:
    file, suites = folder / "run/run.json", str(folder / "suites.yaml")
    old = json.loads(file.read_text("utf-8"))
    old["versions"]["grader"] = "older"
    file.write_text(json.dumps(old), "utf-8")
    run = ["run", "jug", "--suites", suites, "--baseline"]

    refused = called(*run, str(folder / "run"))
    assert refused.exit_code == 2
    assert "was scored by another grader: older" in refused.stderr

    assert regrade(folder, "--out", str(folder / "anew")).exit_code == 0
    assert called(*run, str(folder / "anew")).exit_code == 0


def test_two_runs_are_scored_anew_before_they_are_compared(folder: Path) -> None:
    file, run = folder / "run/run.json", str(folder / "run")
    shutil.copytree(folder / "run", folder / "old")
    old = json.loads(file.read_text("utf-8"))
    old["versions"]["grader"] = "older"
    (folder / "old/run.json").write_text(json.dumps(old), "utf-8")
    both = ["compare", run, str(folder / "old"), "--suites", str(folder / "suites.yaml")]

    assert called(*both).exit_code == 2
    result = called(*both, "--regrade")
    assert result.exit_code == 0, result.output
    assert "no mean differs beyond chance; 0 cases flipped" in result.stdout


def test_decisions_are_scored_anew_too(tmp_path: Path) -> None:
    suites, out = str(DATA / "suites.yaml"), str(tmp_path / "run")
    assert called("run", "decisions", "--suites", suites, "--out", out).exit_code == 0
    result = called("regrade", out, "--suites", suites, "--json")
    assert result.exit_code == 0, result.output
    assert EvalRun.model_validate_json(result.stdout).results == read_run(Path(out)).results
    compared = called("compare", out, out, "--suites", suites)
    assert "4 cases in both" in compared.stdout
