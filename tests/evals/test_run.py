"""A suite run for real: its own corpus, home and database, through the command."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from assist.domain.evaluation import EvalRun
from assist.graph.prompts import prompt
from evals.cli import app
from evals.homes import own_settings
from evals.report import rendered
from evals.running.asked import Asked
from evals.running.checkout import git_dirty, git_sha
from evals.running.closing import gated, summed
from evals.running.reading import read_run
from evals.suites import ROOT, Suite

DATA = ROOT / "tests" / "data" / "evals"
SUITES = str(DATA / "suites.yaml")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """The command run once, and the folder it wrote into."""
    out = tmp_path_factory.mktemp("out") / "new"
    return CliRunner().invoke(app, ["run", "jug", "--suites", SUITES, "--out", str(out)]), out


@pytest.fixture(scope="module")
def run(outcome: tuple[Result, Path]) -> EvalRun:
    """What it wrote."""
    return read_run(outcome[1])


def shown(run: EvalRun) -> str:
    """The page of a run."""
    page = io.StringIO()
    Console(width=120, file=page).print(rendered(run))
    return page.getvalue()


def test_a_run_that_meets_its_thresholds_exits_0(outcome: tuple[Result, Path]) -> None:
    result, _ = outcome
    assert result.exit_code == 0, result.output
    assert "every threshold is met" in result.stdout
    assert "case 2 of 2: foreign-question" in result.stderr


def test_a_run_answers_what_it_can_and_abstains_from_the_rest(run: EvalRun) -> None:
    answered, abstained = run.results
    assert answered.suggestion is not None
    assert answered.suggestion.choice is not None
    assert abstained.suggestion is not None
    assert abstained.suggestion.abstention is not None
    assert abstained.suggestion.abstention.code == "no_evidence"


def test_a_run_records_everything_that_can_move_a_score(run: EvalRun) -> None:
    suggestion, versions = run.results[0].suggestion, run.versions
    assert suggestion is not None
    assert (run.suite, run.kind, run.trials, run.workers) == ("jug", "suggestions", 1, 1)
    assert versions.generation == suggestion.generation
    assert versions.policy_version == suggestion.policy_version
    assert (versions.git_sha, versions.git_dirty) == (git_sha(), git_dirty())
    assert versions.prompts["draft"] == prompt("draft").fingerprint
    assert (versions.models, versions.settings["mode"]) == ({}, "auto")
    assert all([versions.grader, versions.cases, versions.code, versions.embedder])


def test_a_folder_keeps_the_cases_and_a_line_for_each_trial(outcome: tuple[Result, Path]) -> None:
    cases = json.loads((outcome[1] / "cases.json").read_text(encoding="utf-8"))
    lines = (outcome[1] / "results.jsonl").read_text(encoding="utf-8").splitlines()
    assert [case["id"] for case in cases] == ["filter-how-to", "foreign-question"]
    assert [json.loads(line)["case_id"] for line in lines] == ["filter-how-to", "foreign-question"]


def test_a_summary_counts_only_what_is_stated(run: EvalRun) -> None:
    counts = {summary.scorer: summary.n for summary in run.summaries}
    assert counts["integrity"] == 2
    assert counts["outcome"] == 2
    assert counts["issues"] == 1
    assert counts["category"] == 0


def test_the_page_shows_intervals_and_what_is_slowest(run: EvalRun) -> None:
    said = shown(run)
    assert "1.00   0.22–1.00" in said or "1.00   0.25–1.00" in said
    assert "slowest: " in said
    assert "pass^1 1.00" in said


def test_a_missed_threshold_and_each_miss_are_shown_with_their_reason(run: EvalRun) -> None:
    first = run.results[0]
    missed = first.scores["outcome"].model_copy(update={"value": 0.0, "explanation": "too bold"})
    result = first.model_copy(update={"scores": first.scores | {"outcome": missed}})
    suite = Suite(corpus="c", cases=("c",), thresholds={"outcome": 1.0})
    changed = run.model_copy(update={"results": (result, run.results[1])})
    worse = gated(summed(changed, suite), Asked(name="jug", suite=suite))
    said = shown(worse)
    assert "filter-how-to  outcome 0.00: too bold" in said
    assert "the gate stays shut:" in said
    assert "outcome is 0.500, under its threshold 1.0" in said
    assert not worse.passed


def test_a_case_that_fails_scores_zero_and_the_rest_goes_on() -> None:
    result = CliRunner().invoke(app, ["run", "failing", "--suites", SUITES, "--json"])
    assert result.exit_code == 1, result.output
    failed, fine = EvalRun.model_validate_json(result.stdout).results
    assert failed.suggestion is None
    assert "intern" in (failed.error or "")
    assert (failed.scores["outcome"].value, failed.scores["integrity"].value) == (0, 0)
    assert failed.scores["wording"].value is None
    assert (fine.scores["outcome"].value, fine.scores["integrity"].value) == (1, 1)


def test_a_part_of_a_suite_is_run_and_its_thresholds_are_left_out() -> None:
    arguments = ["run", "failing", "--suites", SUITES, "--case", "shop-hours", "--json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    run = EvalRun.model_validate_json(result.stdout)
    assert [one.case_id for one in run.results] == ["shop-hours"]
    assert any("its thresholds" in note for note in run.notes)


def test_a_run_never_touches_the_database_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSIST_DATABASE_URL", "postgresql://db.example.com/live")
    monkeypatch.setenv("ASSIST_WORKSPACE", "live")
    settings = own_settings(tmp_path)
    assert (settings.database_url, settings.workspace, settings.home) == (None, "default", tmp_path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "nothing"], "there is no suite 'nothing'"),
        (["run", "jug", "--suites", "no.yaml"], "no.yaml: cannot be read"),
        (["run", "jug", "--suites", SUITES, "--out", "/dev/null/x"], "cannot be written"),
        (["run", "jug", "--suites", SUITES, "--tag", "filtre"], "--tag: no case bears the tag"),
        (
            ["run", "jug", "--suites", SUITES, "--case", "filter-how-two"],
            "--case: there is no case 'filter-how-two' (did you mean filter-how-to?)",
        ),
        (["run", "jug", "--suites", SUITES, "--baseline", "no.json"], "no.json: cannot be read"),
        (["run", "decisions", "--suites", SUITES, "--trials", "2"], "--trials: the policies"),
    ],
)
def test_bad_input_exits_2_with_one_line(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert result.stdout == ""


def test_a_folder_that_is_no_checkout_has_no_commit(tmp_path: Path) -> None:
    assert (git_sha(tmp_path), git_dirty(tmp_path)) == (None, False)
