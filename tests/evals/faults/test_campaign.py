"""The harness grades itself, by its command: who catches what, and what it says otherwise."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
import typer
from typer.testing import CliRunner, Result

from evals.faults import campaign, deciding
from evals.faults.__main__ import main
from evals.faults.planting import returns
from evals.faults.results import Campaign
from evals.faults.running import FAULTS as RUNNING


def _breaks(*_: object) -> None:
    raise ZeroDivisionError


BROKEN = returns("assist.graph.steps.escalate:assess", _breaks)
"""Every suggestion fails."""


def the_command(*arguments: str) -> Result:
    """`python -m evals.faults` with these arguments."""
    app = typer.Typer()
    app.command()(main)
    return CliRunner().invoke(app, arguments)


def engine_only(monkeypatch: pytest.MonkeyPatch, *meant: str) -> None:
    """One fault is known, that approvals come from another level; these scorers are to see it."""
    level_off = next(fault for fault in deciding.FAULTS if fault.name == "level-off")
    monkeypatch.setattr(deciding, "FAULTS", (replace(level_off, meant=meant),))
    monkeypatch.setattr(campaign, "FAULTS", ())


@contextmanager
def a_small_company() -> Iterator[None]:
    """Two articles and two cases, instead of the sample company's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(campaign, "CORPUS", "tests/data/evals/kb")
        patch.setattr(campaign, "CASES", ("tests/data/evals/cases",))
        patch.setattr(campaign, "OWN", "tests/data/evals/kb")  # no case lies there
        yield


@pytest.fixture(scope="module")
def found() -> Campaign:
    """Three faults, each until it has shown on one case."""
    faults = ("citation-dropped", "abstains-never", "level-off")
    named = [part for name in faults for part in ("--fault", name)]
    with a_small_company():
        result = the_command(*named, "--each", "1", "--json")
    assert result.exit_code == 0, result.output
    return Campaign.model_validate(json.loads(result.stdout))


def test_each_fault_is_caught_by_a_scorer_meant_to(found: Campaign) -> None:
    seen = {one.name: {caught.scorer for caught in one.by_meant} for one in found.faults}
    assert seen == {
        "citation-dropped": {"citations"},
        "abstains-never": {"outcome", "abstention"},
        "level-off": {"decision level"},
    }


def test_a_fault_is_planted_only_where_it_can_show(found: Campaign) -> None:
    cases = {one.name: one.cases for one in found.faults[:2]}
    assert cases == {
        "citation-dropped": ("filter-how-to",),
        "abstains-never": ("foreign-question",),
    }


def test_nothing_moves_by_itself_and_no_scorer_is_judged_by_three_faults(found: Campaign) -> None:
    assert found.moved == ()
    assert found.never == ()


def test_a_product_that_breaks_is_no_catch(monkeypatch: pytest.MonkeyPatch) -> None:
    dear = next(fault for fault in RUNNING if fault.name == "dear-model")
    monkeypatch.setattr(campaign, "FAULTS", (replace(dear, name="broken", plant=BROKEN),))
    with a_small_company():
        result = the_command("--fault", "broken", "--json")
    assert result.exit_code == 1
    (one,) = Campaign.model_validate(json.loads(result.stdout)).faults
    assert (one.tried, one.broke, one.shown, one.caught) == (2, 2, 0, ())


def test_a_fault_that_its_scorer_is_blind_to_ends_in_exit_1(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine_only(monkeypatch, "alternative")
    result = the_command("--fault", "level-off")
    assert result.exit_code == 1
    assert "missed: level-off, another level is to approve" in result.stdout
    assert "0 of 1 faults are caught by a scorer meant to" in result.stdout


def test_a_scorer_that_no_fault_makes_fall_is_named_and_ends_in_exit_1(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine_only(monkeypatch, "level")
    result = the_command()
    assert result.exit_code == 1
    told = " ".join(result.stdout.split())
    never = re.search(r"never fail on any planted fault, to be removed: ([a-z_, ]+)", told)
    assert never is not None
    assert "decision facts" in never[1]
    assert "decision level" not in never[1]
    assert "1 of 1 faults are caught by a scorer meant to" in told


def test_the_table_of_the_docs_has_a_row_for_each_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    engine_only(monkeypatch, "level")
    _, _, row = the_command("--fault", "level-off", "--markdown").stdout.splitlines()
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    about, where, shown_on, meant, caught, others = cells
    assert (about, where) == ("another level is to approve", "`policies.verdicts.judge_all`")
    assert meant == "decision level"
    shown = re.fullmatch(r"decision level (\d+) of (\d+)", caught)
    assert shown is not None
    assert int(shown[1]) == int(shown[2]) == int(shown_on) > 20
    assert "decision clause" in others


def test_an_unknown_fault_is_one_line_and_exit_2() -> None:
    result = the_command("--fault", "citation-droped")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "there is no fault 'citation-droped'" in line
    assert "citation-dropped" in line


def test_what_no_curated_case_shows_our_own_cases_do() -> None:
    own = [case.id for case in campaign.company_cases() if "evals/faults/cases" in case.where()]
    assert own == [
        "own-refund-beyond-an-agent",
        "own-gift-card-rest-of-twelve",
        "own-plan-canceled-by-a-day",
    ]
