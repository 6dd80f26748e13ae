"""A suite run for real: its own corpus, home and database, through the command."""

import io
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from evals.cli import app
from evals.homes import own_settings
from evals.report import rendered
from evals.run import Run, git_sha, summarize
from evals.suites import ROOT, Suite

DATA = ROOT / "tests" / "data" / "evals"
SUITES = str(DATA / "suites.yaml")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """The command run once, and the folder it wrote into."""
    out = tmp_path_factory.mktemp("out") / "new"
    return CliRunner().invoke(app, ["run", "jug", "--suites", SUITES, "--out", str(out)]), out


@pytest.fixture(scope="module")
def run(outcome: tuple[Result, Path]) -> Run:
    """What it wrote."""
    return Run.model_validate_json((outcome[1] / "run.json").read_text(encoding="utf-8"))


def test_a_run_that_meets_its_thresholds_exits_0(outcome: tuple[Result, Path]) -> None:
    result, _ = outcome
    assert result.exit_code == 0, result.output
    assert "every threshold is met" in result.stdout
    assert "case 2 of 2: foreign-question" in result.stderr


def test_a_run_answers_what_it_can_and_abstains_from_the_rest(run: Run) -> None:
    answered, abstained = run.results
    assert answered.suggestion is not None
    assert answered.suggestion.choice is not None
    assert abstained.suggestion is not None
    assert abstained.suggestion.abstention is not None
    assert abstained.suggestion.abstention.code == "no_evidence"


def test_a_run_records_what_it_ran(run: Run) -> None:
    suggestion = run.results[0].suggestion
    assert suggestion is not None
    assert (run.suite, run.generation) == ("jug", suggestion.generation)
    assert run.policy_version == suggestion.policy_version
    assert run.git_sha == git_sha()
    assert run.settings == {"mode": "auto", "embedder": "packaged MiniLM"}


def test_a_summary_counts_only_what_is_stated(run: Run) -> None:
    counts = {summary.scorer: summary.n for summary in run.summaries}
    assert counts["integrity"] == 2
    assert counts["outcome"] == 2
    assert counts["issues"] == 1
    assert counts["category"] == 0


def test_a_threshold_that_nothing_was_scored_for_is_missed(run: Run) -> None:
    suite = Suite(corpus="c", cases="c", thresholds={"category": 0.5, "integrity": 1.0})
    summaries = summarize(run.results, suite)
    assert [s.scorer for s in summaries if not s.passed] == ["category"]


def test_a_missed_threshold_and_each_miss_are_shown_with_their_reason(run: Run) -> None:
    first = run.results[0]
    missed = first.scores["outcome"].model_copy(update={"value": 0.0, "explanation": "too bold"})
    result = first.model_copy(update={"scores": first.scores | {"outcome": missed}})
    results = (result, run.results[1])
    suite = Suite(corpus="c", cases="c", thresholds={"outcome": 1.0})
    worse = run.model_copy(update={"results": results, "summaries": summarize(results, suite)})
    page = io.StringIO()
    Console(width=120, file=page).print(rendered(worse))
    said = page.getvalue()
    assert "filter-how-to  outcome 0.00: too bold" in said
    assert "missed the threshold of outcome" in said
    assert not worse.passed


def test_a_case_that_fails_scores_zero_and_the_rest_goes_on() -> None:
    result = CliRunner().invoke(app, ["run", "failing", "--suites", SUITES, "--json"])
    assert result.exit_code == 1, result.output
    failed, fine = Run.model_validate_json(result.stdout).results
    assert failed.suggestion is None
    assert "intern" in (failed.error or "")
    assert (failed.scores["outcome"].value, failed.scores["integrity"].value) == (0, 0)
    assert failed.scores["wording"].value is None
    assert (fine.scores["outcome"].value, fine.scores["integrity"].value) == (1, 1)


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
    ],
)
def test_bad_input_exits_2_with_one_line(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_folder_that_is_no_checkout_has_no_commit(tmp_path: Path) -> None:
    assert git_sha(tmp_path) is None
