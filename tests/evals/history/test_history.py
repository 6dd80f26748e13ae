"""`assist-evals history`: solved tickets replayed for real, on a home and on a suite's corpus."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assist.settings import Settings
from assist.wiring import opened
from evals.cli import app
from evals.history.results import Group, History
from tests.evals.worked import Worked

AT = "2026-11-20T10:00:00Z"
PASSWORD = {
    "ticket": {"id": "p-1", "created_at": AT, "text": "How do I reset my password?"},
    "actions": [],
    "escalated": False,
    "priority": "P4",
    "reply": "I do not know.",
    "solved": True,
    "csat": 5,
}
REFUND = {
    "id": "r-1",
    "created_at": AT,
    "text": "Please refund my order, I do not want it any more.",
    "facts": {
        "order.total": {"amount": "50.00", "currency": "USD"},
        "order.delivered_at": "2026-11-10",
    },
    "actions": ["refund"],
    "escalated": True,
    "csat": 1,
}


def history(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["history", *arguments], env={"COLUMNS": "140"})


def solved(folder: Path, *rows: dict[str, Any] | str) -> str:
    file = folder / "solved.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    return str(file)


def group(found: History, name: str) -> Group:
    return next(one for one in found.groups if one.name == name)


@pytest.fixture(scope="module")
def replayed(worked: Worked, tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """Two tickets and two bad lines, as JSON and as CSV."""
    folder = tmp_path_factory.mktemp("history")
    boss = PASSWORD | {"level": "boss"}
    file = solved(folder, PASSWORD, "{", REFUND, boss)
    out = folder / "out.csv"
    return history(file, "--home", str(worked.home), "--csv", str(out), "--json"), out


def test_each_ticket_is_compared_by_step_and_bad_lines_are_named(
    replayed: tuple[Result, Path],
) -> None:
    result, _ = replayed
    assert result.exit_code == 1, result.stderr
    found = History.model_validate_json(result.stdout)
    assert [one.ticket_id for one in found.replayed] == ["p-1", "r-1"]
    assert [(bad.line, bad.where) for bad in found.bad] == [(2, "reading"), (4, "suggesting")]
    assert "solved.jsonl:2: not JSON" in result.stderr
    assert "solved.jsonl:4: level: there is no level 'boss'" in result.stderr
    steps = {step.step: step for step in found.replayed[1].steps}
    assert (steps["actions"].theirs, steps["actions"].ours) == ("refund", "none")
    assert "“Refund the order” (0.81) is allowed" in steps["actions"].why
    assert (steps["escalation"].agrees, steps["escalation"].why) == (False, "nothing calls for it")


def test_agreement_is_told_for_all_and_for_what_proved_good(
    replayed: tuple[Result, Path],
) -> None:
    found = History.model_validate_json(replayed[0].stdout)
    sizes = {one.name: one.tickets for one in found.groups}
    assert sizes == {"all": 2, "solved": 1, "csat 4 and more": 1}
    escalation = next(s for s in group(found, "all").steps if s.step == "escalation")
    assert escalation.n == 2
    assert escalation.agreement is not None
    assert escalation.agreement.mean == 0.5
    assert escalation.agreement.low == 0.0
    category = next(s for s in group(found, "all").steps if s.step == "category")
    assert (category.n, category.agreement) == (0, None)


def test_the_table_has_a_row_per_ticket(replayed: tuple[Result, Path]) -> None:
    with replayed[1].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["ticket_id"] for row in rows] == ["p-1", "r-1"]
    assert (rows[0]["reply_theirs"], rows[0]["reply_agrees"]) == ("I do not know.", "no")
    assert (rows[1]["actions_agrees"], rows[1]["category_agrees"]) == ("no", "")


def test_nothing_is_kept_of_a_replay(replayed: tuple[Result, Path], worked: Worked) -> None:
    found = History.model_validate_json(replayed[0].stdout)
    with opened(Settings(home=worked.home)) as desk:
        kept = {one.id for one in desk.parts.suggestions.newest(100)}
    assert kept.isdisjoint(one.suggestion_id for one in found.replayed)


def test_the_homes_own_cases_are_replayed_with_what_agents_did(worked: Worked) -> None:
    result = history("--cases", "--home", str(worked.home), "--json")
    assert result.exit_code == 0, result.stderr
    found = History.model_validate_json(result.stdout)
    steps = {one.ticket_id: {s.step: s for s in one.steps} for one in found.replayed}
    assert set(steps) == {"t-refund", "t-password", "t-small"}
    assert "category" not in steps["t-refund"]
    assert steps["t-password"]["reply"].agrees
    assert "5 years" in steps["t-refund"]["coverage"].why


def test_a_page_for_people_explains_what_differs(worked: Worked, tmp_path: Path) -> None:
    result = history(solved(tmp_path, PASSWORD, REFUND), "--home", str(worked.home))
    assert result.exit_code == 0, result.stderr
    assert "all: 2 tickets" in result.stdout
    assert "escalation: 1 differ" in result.stdout
    assert "they: escalated; we: kept; nothing calls for it" in result.stdout


def test_a_suites_corpus_stands_in_for_a_home(tmp_path: Path) -> None:
    suites = Path(__file__).parents[2] / "data" / "evals" / "suites.yaml"
    text = "How do I change the water filter?"
    row = {"id": "j-1", "created_at": AT, "text": text, "actions": []}
    asked = (solved(tmp_path, row), "--suite", "jug", "--suites", str(suites), "--json")
    result = history(*asked)
    assert result.exit_code == 0, result.stderr
    assert len(History.model_validate_json(result.stdout).replayed) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give either SOLVED.jsonl or --cases"),
        (("gone.jsonl", "--home", "."), "gone.jsonl"),
        (("gone.jsonl", "--csv", "/dev/null/x"), "cannot be written"),
        (("gone.jsonl", "--suite", "jug", "--home", "."), "a home of its own"),
    ],
)
def test_bad_input_exits_2_with_one_line(arguments: tuple[str, ...], said: str) -> None:
    result = history(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_file_without_one_good_line_exits_2_and_names_the_first(
    worked: Worked, tmp_path: Path
) -> None:
    result = history(solved(tmp_path, "{", "["), "--home", str(worked.home))
    assert result.exit_code == 2
    assert "no line can be replayed, of 2" in result.stderr
    assert "solved.jsonl:1" in result.stderr
