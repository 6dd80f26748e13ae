"""Two runs of a suite compared: differences, flips with both outputs, and what is refused."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from assist.domain.evaluation import CaseScore, EvalResult, EvalRun
from assist.errors import BadInput
from evals.cli import app
from evals.comparing.comparison import Comparison, compare
from evals.comparing.report import rendered
from tests.evals.builders import (
    a_draft,
    a_fact,
    a_suggestion,
    an_abstained_suggestion,
    an_escalation,
)
from tests.evals.run_builders import a_result, a_run, results_of, versions


def flipped() -> tuple[EvalRun, EvalRun]:
    """A run that answers a case with an escalation, and one that abstains from it."""
    good = a_suggestion(
        draft=a_draft(a_fact("Rinse it under cold water.")), escalation=an_escalation("safety")
    )
    one = a_result("a", outcome=1.0, wording=0.5).model_copy(update={"suggestion": good})
    other = a_result("a", outcome=0.0, wording=0.5).model_copy(
        update={"suggestion": an_abstained_suggestion()}
    )
    same = a_result("b", outcome=1.0)
    return a_run([one, same], id="new"), a_run([other, same], id="old")


def shown(found: Comparison) -> str:
    """The page of a comparison."""
    page = io.StringIO()
    Console(width=160, file=page).print(rendered(found))
    return page.getvalue()


def test_a_run_is_the_same_as_itself() -> None:
    run = a_run(results_of(outcome=[1.0, 0.0, 1.0], wording=[0.5, 0.25, 1.0]))
    found = compare(run, run)
    assert found.flips == ()
    assert [(one.difference.mean, one.adjusted) for one in found.metrics] == [(0, 1), (0, 1)]


def test_differences_are_those_of_the_first_run_to_the_second() -> None:
    a, b = a_run(results_of(outcome=[1.0] * 30)), a_run(results_of(outcome=[0.0] * 20 + [1.0] * 10))
    (found,) = compare(a, b).metrics
    assert (found.n, found.a, found.difference.better, found.difference.worse) == (30, 1.0, 20, 0)
    assert found.difference.mean == pytest.approx(2 / 3, abs=1e-6)
    assert found.significant


def test_a_flipped_case_stands_with_both_outputs_and_both_reasons() -> None:
    found = compare(*flipped())
    (flip,) = found.flips
    assert (flip.case_id, [s.scorer for s in flip.scores]) == ("a", ["outcome"])
    assert flip.scores[0].b == CaseScore(value=0.0, explanation="outcome is 0.0")
    assert flip.a["draft"] == "Rinse it under cold water."
    assert flip.a["escalation"] == "needed: safety"
    assert flip.b["choice"].startswith("abstains, no_evidence: nothing is written about it")
    said = shown(found)
    assert "Rinse it under cold water." in said
    assert "Which jug is it?" in said
    assert "outcome is 0.0" in said
    assert "no mean differs beyond chance; 1 cases flipped" in said


def test_what_both_runs_say_alike_is_told_once() -> None:
    run, other = flipped()
    fields = {"suggestion": run.results[0].suggestion}
    alike = other.results[0].model_copy(update=fields)
    found = compare(run, other.model_copy(update={"results": (alike, other.results[1])}))
    assert shown(found).count("Rinse it under cold water.") == 1


def trials(*values: float) -> list[EvalResult]:
    """Trials of one case with these outcomes."""
    return [
        a_result("a", outcome=value).model_copy(update={"trial": number})
        for number, value in enumerate(values, start=1)
    ]


def test_of_several_trials_the_most_decide_whether_a_case_flipped() -> None:
    mostly, seldom, never = a_run(trials(1, 1, 0)), a_run(trials(1, 0, 0)), a_run(trials(0, 0, 0))
    assert len(compare(mostly, never).flips) == 1
    assert compare(seldom, never).flips == ()
    (found,) = compare(mostly, never).metrics
    assert found.difference.mean == pytest.approx(2 / 3, abs=1e-6)


def test_an_amount_that_is_measured_does_not_flip() -> None:
    fast = CaseScore(value=1.0, amount=90.0)
    slow = CaseScore(value=0.9, amount=1200.0)
    runs = [
        a_run([a_result("a").model_copy(update={"scores": {"latency": score}})])
        for score in (fast, slow)
    ]
    assert compare(*runs).flips == ()


def test_cases_that_are_not_the_same_are_named_and_left_out() -> None:
    a = a_run([a_result("a", outcome=1.0), a_result("c", outcome=1.0), a_result("d", outcome=1.0)])
    other = a_result("c", outcome=0.0).model_copy(update={"case": "asks-more"})
    b = a_run([a_result("a", outcome=1.0), other, a_result("e", outcome=1.0)])
    found = compare(a, b)
    assert (found.cases, found.only_a, found.only_b, found.changed) == (1, ("d",), ("e",), ("c",))
    assert "not compared, only in B: e" in shown(found)
    assert "asks or expects something else in A than in B: c" in shown(found)


def test_what_the_runs_were_made_with_and_differs_is_told() -> None:
    a, b = (
        a_run([a_result("a", outcome=1.0)], versions=versions(code=code, models={"draft": model}))
        for code, model in (("x1", "small"), ("x2", "large"))
    )
    assert compare(a, b).versions == ("code", "models")
    assert "code: x2 → x1\n  models.draft: large → small" in shown(compare(a, b))


def test_too_few_cases_to_tell_anything_are_said_to_be_so_and_enough_are_not() -> None:
    few, enough = (
        a_run([a_result(f"c{number}", outcome=1.0) for number in range(cases)]) for cases in (5, 6)
    )
    assert "5 cases are too few" in shown(compare(few, few))
    assert "6 would have to move" in shown(compare(few, few))
    assert "too few" not in shown(compare(enough, enough))
    worse = a_run([a_result(f"c{number}", outcome=0.0) for number in range(6)])
    assert compare(enough, worse).metrics[0].significant


def test_runs_of_two_suites_are_not_compared() -> None:
    run = a_run([a_result("a", outcome=1.0)])
    with pytest.raises(BadInput, match="have no case in common"):
        compare(run, run.model_copy(update={"suite": "traps"}))


def kept(folder: Path, run: EvalRun) -> str:
    """The run, written into a folder of its name."""
    (folder / run.id).mkdir()
    (folder / run.id / "run.json").write_text(run.model_dump_json(), encoding="utf-8")
    return str(folder / run.id)


def command(*arguments: str) -> Result:
    """The command, done."""
    return CliRunner().invoke(app, ["compare", *arguments])


def test_the_command_prints_both_outputs_or_json(tmp_path: Path) -> None:
    new, old = (kept(tmp_path, run) for run in flipped())
    page = command(new, old)
    assert page.exit_code == 0, page.output
    assert "A − B" in page.stdout
    found = json.loads(command(new, old, "--json").stdout)
    assert found["flips"][0]["a"]["draft"] == "Rinse it under cold water."


def test_runs_scored_by_two_graders_are_refused_with_the_cure(tmp_path: Path) -> None:
    new, old = flipped()
    again = old.model_copy(update={"versions": versions(grader="g2")})
    result = command(kept(tmp_path, new), kept(tmp_path, again))
    assert result.exit_code == 2
    assert "scored by two graders, g1 and g2" in result.stderr
    assert "--regrade" in result.stderr


def test_a_run_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('{"id": 1}', encoding="utf-8")
    result = command(str(tmp_path), str(tmp_path))
    assert result.exit_code == 2
    assert "run.json: suite: Field required" in result.stderr
