"""Suites of decision cases: judged by the policies alone, reported, gated."""

import io
from pathlib import Path

import pytest
import yaml
from rich.console import Console
from typer.testing import CliRunner

from assist.domain.evaluation import EvalRun
from evals.cli import app
from evals.decisions.company import Company, read_company
from evals.decisions.judging import judged
from evals.decisions.report import by_file, by_tag, rendered
from evals.decisions.run import judged_of, run_decisions
from evals.running.asked import Asked
from evals.suites import Suite
from tests.evals.decision_builders import DATA, REFUND, SHOP, a_case, decision, read

SUITES = str(DATA / "suites.yaml")


@pytest.fixture(scope="module")
def shop() -> Company:
    """The small company that the cases of these tests are about."""
    return read_company(DATA / "shop")


@pytest.fixture(scope="module")
def run() -> EvalRun:
    """The shop's cases, judged."""
    return run_decisions(Asked(name="decisions", suite=SHOP))


def test_the_shop_decides_as_its_prose_says(run: EvalRun) -> None:
    assert {s.scorer: (s.n, s.mean) for s in run.summaries} == {
        "verdict": (4, 1.0),
        "level": (1, 1.0),
        "clause": (4, 1.0),
        "facts": (1, 1.0),
        "alternative": (2, 1.0),
    }
    assert run.passed


def test_cases_are_counted_by_file_and_by_tag(run: EvalRun) -> None:
    files = by_file(run.results)
    assert {name: len(results) for name, results in files.items()} == {
        "1-window": 2,
        "2-amounts": 2,
    }
    assert {tag: len(results) for tag, results in by_tag(run).items()} == {
        "amount": 1,
        "boundary": 3,
        "unknown": 1,
        "window": 2,
    }


def test_every_answer_is_kept_with_its_proof(run: EvalRun) -> None:
    read_again = EvalRun.model_validate_json(run.model_dump_json())
    answer = judged_of(read_again.results[1])
    assert answer.verdict.clauses == ("returns.late",)
    assert answer.alternative.action.kind == "filter"
    (proof,) = answer.proofs
    assert proof.kind == "refund"
    assert (proof.lines[0].part, proof.lines[-1].part) == ("asked", "conclusion")


def test_several_actions_are_judged_together(shop: Company) -> None:
    half = {"kind": "refund", "parameters": {"amount": {"amount": "12.00", "currency": "GBP"}}}
    answer = judged(decision(actions=[half, half]), shop.policy_set)
    assert (answer.verdict.value, answer.verdict.level) == ("needs_approval", "lead")
    assert [proof.kind for proof in answer.proofs] == ["refund", "refund", "refund"]
    instead = answer.alternative.action
    assert instead.kind == "refund"
    assert str(instead.parameters["amount"]) == "20.00 GBP"


def test_the_alternative_is_to_the_first_action_that_may_not_be_done(shop: Company) -> None:
    late = {"facts": {"order.delivered_at": "2026-02-01", "jug.cracked": False}}
    case = decision(actions=[{"kind": "filter"}, REFUND], **late)
    answer = judged(case, shop.policy_set)
    assert answer.verdict.value == "forbidden"
    assert answer.alternative.action.kind == "filter"


def test_a_miss_is_shown_with_the_authors_reason_and_the_proof(tmp_path: Path) -> None:
    read(tmp_path, a_case(expect={"verdict": "forbidden"}, tags=["odd"], why="The author erred."))
    suite = SHOP.model_copy(update={"cases": (str(tmp_path),)})
    wrong = run_decisions(Asked(name="s", suite=suite))
    page = io.StringIO()
    Console(width=120, file=page).print(rendered(wrong))
    shown = page.getvalue()
    assert "a: in-time: In time" in shown
    assert "verdict: allowed, expected forbidden" in shown
    assert "the author: The author erred." in shown
    for line in judged_of(wrong.results[0]).proofs[0].lines:
        assert line.text[:80] in shown
    assert "verdict is 0.000, under its threshold 1.0" in shown
    assert not wrong.passed


def test_the_command_gates_and_writes_the_run(tmp_path: Path) -> None:
    arguments = ["run", "decisions", "--suites", SUITES, "--out", str(tmp_path / "new")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "suite decisions: 4 cases" in result.stdout
    assert "every threshold is met" in result.stdout
    text = (tmp_path / "new" / "run.json").read_text(encoding="utf-8")
    assert EvalRun.model_validate_json(text).suite == "decisions"


def test_a_missed_threshold_ends_the_command_with_1(tmp_path: Path) -> None:
    read(tmp_path, a_case(expect={"verdict": "forbidden"}))
    suites = tmp_path / "suites.yml"
    wrong = SHOP.model_dump() | {"cases": str(tmp_path)}
    suites.write_text(yaml.safe_dump({"suites": {"wrong": wrong}}), encoding="utf-8")
    result = CliRunner().invoke(app, ["run", "wrong", "--suites", str(suites), "--json"])
    assert result.exit_code == 1, result.output
    summaries = EvalRun.model_validate_json(result.stdout).summaries
    assert [s.scorer for s in summaries if not s.passed] == ["verdict"]


def test_a_threshold_of_the_other_kind_of_suite_is_refused() -> None:
    with pytest.raises(ValueError, match=r"there is no scorer 'wording'; known are verdict, "):
        Suite(kind="decisions", corpus="c", cases="c", thresholds={"wording": 1.0})
    with pytest.raises(ValueError, match=r"there is no scorer 'clause'; known are outcome, "):
        Suite(corpus="c", cases="c", thresholds={"clause": 1.0})
