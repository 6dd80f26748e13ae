"""`assist-evals import`: rows into cases, and every row that is none named and left out."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from evals.cases import EvalCase, load_cases
from evals.cli import app
from evals.making.importing import Imported

AT = "2026-11-20T10:00:00+00:00"


def imported(file: Path, out: Path, *arguments: str) -> Result:
    asked = ["import", str(file), "--out", str(out), "--at", AT]
    return CliRunner().invoke(app, [*asked, *arguments])


def a_csv(folder: Path, *rows: dict[str, str]) -> Path:
    file = folder / "tickets.csv"
    names = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, names)
        writer.writeheader()
        writer.writerows(rows)
    return file


def a_jsonl(folder: Path, *rows: dict[str, Any] | str) -> Path:
    file = folder / "tickets.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def one_case(folder: Path, row: dict[str, Any], mapped: str = "") -> EvalCase:
    out = folder / "out"
    result = imported(a_jsonl(folder, row), out, "--map", mapped)
    assert result.exit_code == 0, result.stderr
    (case,) = load_cases(out)
    return case


def test_columns_become_what_they_are_mapped_to(tmp_path: Path) -> None:
    row = {"No": "7", "Body": "Where is\nit?", "Topic": "delivery", "Country": "UK"}
    out = tmp_path / "out"
    mapped = "id=No,text=Body,category=Topic,region=Country"
    result = imported(a_csv(tmp_path, row), out, "--map", mapped)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"1 cases written to {out}\n"
    (case,) = load_cases(out)
    assert (out / "7.yaml").exists()
    assert (case.id, case.provenance) == ("7", "imported")
    assert case.note == "Imported from tickets.csv, line 2."
    assert case.ticket.asked[0].text == "Where is\nit?"
    assert (case.ticket.customer.region, case.expect.category) == ("UK", "delivery")
    assert case.at.isoformat() == AT


def test_a_column_that_is_named_as_a_part_needs_no_mention(tmp_path: Path) -> None:
    case = one_case(tmp_path, {"text": "Hello?", "priority": "P2, P3", "id": "a"})
    assert case.expect.priority == ("P2", "P3")


def test_every_expectation_can_be_given(tmp_path: Path) -> None:
    row = {
        "text": "Hello?",
        "outcome": "answer",
        "gold": "hub#Error E-217=3; router=1",
        "says": "30 seconds|half a minute; E-217",
        "points": "postage; how long|when",
        "acceptable": "refund, replacement",
        "verdicts": "refund=allowed",
        "escalation": "safety legal",
        "asks": "order.id",
        "issues": 2,
        "device": "Hub 2",
        "ordered": "2026-11-01",
    }
    expect = one_case(
        tmp_path, row, "expect.fact.device.product=device,fact.order.placed_at=ordered"
    )
    assert expect.expect.gold == {"hub#Error E-217": 3, "router": 1}
    assert expect.expect.says == ("30 seconds|half a minute", "E-217")
    assert expect.expect.points == ("postage", "how long|when")
    assert expect.expect.acceptable == ("refund", "replacement")
    assert expect.expect.verdicts == {"refund": "allowed"}
    assert expect.expect.escalation is not None
    assert expect.expect.escalation.codes == ("safety", "legal")
    assert expect.expect.issues == 2
    assert expect.expect.facts == {"device.product": "Hub 2"}
    assert expect.ticket.facts == {"order.placed_at": "2026-11-01"}


def test_a_path_within_an_object_is_a_column(tmp_path: Path) -> None:
    row = {"ticket": {"body": "Hello?", "from": "a"}, "when": "2026-11-21T08:00:00Z"}
    case = one_case(tmp_path, row, "text=ticket.body,at=when")
    assert case.ticket.asked[0].text == "Hello?"
    assert case.at.isoformat() == "2026-11-21T08:00:00+00:00"


@pytest.mark.parametrize(
    ("row", "field", "problem"),
    [
        ("{", "", "not JSON"),
        ("[]", "", "is no object"),
        ({"text": ""}, "text", "the ticket is empty"),
        ({"text": "Hi", "priority": "P7"}, "priority", "'P1', 'P2', 'P3' or 'P4'"),
        ({"text": "Hi", "escalation": "perhaps"}, "escalation", "neither yes, nor no, nor a code"),
        ({"text": "Hi", "issues": "two"}, "issues", "'two' is no whole number"),
        ({"text": "Hi", "gold": "hub=best"}, "gold", "'best' is no whole number"),
        ({"text": "Hi", "verdicts": "refund"}, "verdicts", "is not `action=verdict`"),
        ({"text": "Hi", "at": "yesterday"}, "at", "valid datetime"),
        ({"text": "Hi", "id": "one"}, "id", "stands in line 1 too"),
    ],
)
def test_a_bad_row_is_named_with_line_and_field_and_the_rest_is_written(
    tmp_path: Path, row: dict[str, Any] | str, field: str, problem: str
) -> None:
    good = {"text": "Hello?", "id": "one"}
    file, out = a_jsonl(tmp_path, good, row, good | {"id": "three"}), tmp_path / "out"
    result = imported(file, out, "--json")
    assert result.exit_code == 1, result.stderr
    found = Imported.model_validate_json(result.stdout)
    assert found.written == ("one.yaml", "three.yaml")
    assert [(bad.line, bad.field) for bad in found.bad] == [(2, field)]
    assert problem in found.bad[0].problem
    assert f"left out: {file}:2: " in result.stderr
    assert len(load_cases(out)) == 2


def test_a_row_with_a_cell_too_many_is_named(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("id,text\na,Hello?\nb,Hello, you\n", encoding="utf-8")
    result = imported(file, tmp_path / "out")
    assert result.exit_code == 1
    assert "t.csv:3: has 3 cells under 2 columns" in result.stderr
    assert "1 cases written" in result.stdout
    assert "1 left out" in result.stdout


def test_columns_that_nobody_reads_are_named(tmp_path: Path) -> None:
    result = imported(a_csv(tmp_path, {"text": "Hello?", "mood": "bad"}), tmp_path / "out")
    assert "note: columns that were not read: mood" in result.stderr


def test_a_case_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    file, out = a_csv(tmp_path, {"id": "a", "text": "Hello?"}), tmp_path / "out"
    assert imported(file, out).exit_code == 0
    again = imported(file, out)
    assert again.exit_code == 1
    assert "is there already" in again.stderr


@pytest.mark.parametrize(
    ("mapped", "said"),
    [
        ("text=boddy", "there is no column 'boddy' for text (did you mean body?)"),
        ("txt=body", "there is no part 'txt' of a case (did you mean text"),
        ("text", "'text' is not PART=COLUMN"),
        ("subject=body,subject=body", "'subject' is given twice"),
        ("note=body", "no column becomes the text"),
    ],
)
def test_a_map_that_is_wrong_is_said_at_once(tmp_path: Path, mapped: str, said: str) -> None:
    file = a_csv(tmp_path, {"body": "Hello?"})
    result = imported(file, tmp_path / "out", "--map", mapped)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["gone.csv", "gone.jsonl", "tickets.xlsx"])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    result = imported(tmp_path / name, tmp_path / "out")
    assert (result.exit_code, result.stdout) == (2, "")
    assert name in result.stderr
