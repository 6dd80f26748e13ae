"""`assist-evals robustness` over real parts: what flips, what is left out, what is refused."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from evals.cli import app
from evals.robustness.results import Robustness, Tried
from evals.suites import ROOT

SUITES = ROOT / "tests" / "data" / "evals" / "suites.yaml"


def robustness(*arguments: object) -> Result:
    """The command's result."""
    given = ["robustness", *map(str, arguments), "--suites", str(SUITES)]
    return CliRunner().invoke(app, given, env={"COLUMNS": "160"})


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """Every perturbation of two cases, and the folder it wrote into."""
    out = tmp_path_factory.mktemp("out") / "new"
    return robustness("jug", "--workers", 1, "--out", out), out


@pytest.fixture(scope="module")
def found(outcome: tuple[Result, Path]) -> Robustness:
    """What it wrote."""
    assert outcome[0].exit_code == 0, outcome[0].output
    return Robustness.model_validate_json((outcome[1] / "robustness.json").read_text("utf-8"))


def test_every_case_is_told_in_every_way_that_its_meaning_allows(found: Robustness) -> None:
    assert [case.case_id for case in found.cases] == ["filter-how-to", "foreign-question"]
    rows = {row.perturbation: row for row in found.flips if not row.variant}
    assert rows["name"].tried == 2 * 13
    assert rows["reworded"].skipped == {"no model is set": 2}
    assert rows["messages"].skipped["the customer wrote one message at a time"] == 4
    assert found.versions.generation is not None


def test_the_same_ticket_once_more_is_decided_the_same(found: Robustness) -> None:
    rows = {row.perturbation: row for row in found.flips if not row.variant}
    assert (rows["repeat"].tried, rows["repeat"].flipped) == (2, 0)
    assert rows["candidates"].fields.get("choice", 0) == 0


def test_each_flip_bears_both_outputs(outcome: tuple[Result, Path], found: Robustness) -> None:
    lines = (outcome[1] / "flipped.jsonl").read_text("utf-8").splitlines()
    flipped = tuple(map(Tried.model_validate_json, lines))
    assert flipped == found.flipped
    for one in flipped:
        assert one.moved
        assert one.before["ticket"] != one.after["ticket"] or one.before != one.after


def test_the_page_shows_flips_and_who_gets_more_or_less(outcome: tuple[Result, Path]) -> None:
    page = outcome[0].stdout
    assert "irrelevant" in page
    assert "fairness: what a group is given more (+) or less (−)" in page
    assert "not tried, because the meaning would change or nothing would" in page


def test_several_processes_find_what_one_does(found: Robustness) -> None:
    result = robustness("jug", "--workers", 2, "--kinds", "punctuation", "--json")
    assert result.exit_code == 0, result.output
    again = Robustness.model_validate_json(result.stdout)
    rows = [row for row in found.flips if row.perturbation == "punctuation"]
    assert list(again.flips) == rows


def test_more_flips_than_are_allowed_end_with_1() -> None:
    result = robustness("failing", "--kinds", "repeat,case", "--at-most", "0", "--sample", 2)
    assert "1 cases cannot be suggested for as they were written" in result.stdout
    flips = "flip, more than 0" in result.stderr
    assert result.exit_code == (1 if flips else 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["jug", "--kinds", "typo"], "there is no perturbation 'typo' (did you mean typos?)"),
        (["decisions"], "the cases of 'decisions' are decisions, which nobody worded"),
        (["jag"], "there is no suite 'jag'"),
    ],
)
def test_bad_input_is_named_with_its_cure(arguments: list[str], said: str) -> None:
    result = robustness(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr.replace("\n", " ")
