"""`assist coverage` in this process: what is printed, in which shape, and what is refused."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assist.cli import app
from tests.service.parts import a_kb

pytestmark = pytest.mark.model
RESET = "How do I reset the hub?"
PUPPY = "Which vaccines does our puppy need before boarding?"


def assist(home: Path, *arguments: str, code: int = 0, stdin: str = "") -> Result:
    """A command in this process, which ends with this code."""
    done = CliRunner().invoke(app, [*arguments, "--home", str(home)], input=stdin)
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def home(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that serves three articles."""
    kb = a_kb(
        tmp_path_factory.mktemp("kb"),
        hub="# Reset the hub\n\nHold the button on the back for ten seconds to reset the hub.",
        refund="# Refunds\n\nA refund takes five days to arrive on your card.",
        lock="# Lock\n\nTurn the key twice to the left.",
    )
    assist(shared_folder / "home", "ingest", str(kb))
    return shared_folder / "home"


def tickets(folder: Path, *texts: str) -> str:
    file = folder / "tickets.jsonl"
    rows = [json.dumps({"id": f"t{n}", "text": text}) for n, text in enumerate(texts)]
    file.write_text("\n".join(rows), "utf-8")
    return str(file)


def test_json_is_a_line_per_ticket_with_its_issues(home: Path, tmp_path: Path) -> None:
    done = assist(home, "coverage", tickets(tmp_path, RESET, PUPPY), "--json")
    known, foreign = map(json.loads, done.stdout.splitlines())
    assert {"ticket_id", "coverage", "covered", "document_id", "passage_id"} <= known.keys()
    assert (known["ticket_id"], known["covered"], known["state"]) == ("t0", True, "covered")
    assert known["document_id"] == "articles/hub.md"
    assert (foreign["covered"], foreign["state"]) == (False, "not")
    assert {"vaccines", "puppy"} <= set(foreign["missing"])
    assert known["issues"][0]["text"] == RESET
    assert 0 <= foreign["coverage"] < 0.2
    assert 0.5 <= known["coverage"] <= 1


def test_a_person_reads_a_line_per_issue_and_what_is_missing(home: Path, tmp_path: Path) -> None:
    shown = assist(home, "coverage", tickets(tmp_path, RESET, PUPPY)).stdout
    assert f"covered  {RESET}" in shown
    assert "nearest: articles/hub.md" in shown
    assert "missing: " in shown
    assert "puppy" in shown.partition("missing: ")[2]


def test_tickets_are_read_from_a_pipe_too(home: Path) -> None:
    done = assist(home, "coverage", "-", "--json", stdin=json.dumps({"id": "a", "text": RESET}))
    assert json.loads(done.stdout)["ticket_id"] == "a"


def test_a_bad_line_is_named_after_the_others_were_judged(home: Path, tmp_path: Path) -> None:
    file = Path(tickets(tmp_path, RESET))
    file.write_text(file.read_text("utf-8") + '\n{"id": "b"}\nno json\n', "utf-8")
    done = assist(home, "coverage", str(file), "--json", code=1)
    assert len(done.stdout.splitlines()) == 1
    assert "tickets.jsonl:2" in done.stderr
    assert "tickets.jsonl:3" in done.stderr


def test_nothing_to_judge_is_refused(home: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n", "utf-8")
    assert "nothing to read" in assist(home, "coverage", str(empty), code=2).stderr
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("no json\nnor this", "utf-8")
    assert "wrong.jsonl" in assist(home, "coverage", str(wrong), code=2).stderr
    assert "error" in assist(home, "coverage", str(tmp_path / "none"), code=2).stderr


def test_what_the_model_does_not_read_is_said(home: Path, tmp_path: Path) -> None:
    german = "Ich habe mein Paket noch nicht bekommen und möchte wissen, wann es endlich kommt."
    (line,) = assist(home, "coverage", tickets(tmp_path, german), "--json").stdout.splitlines()
    told = json.loads(line)
    assert (told["coverage"], told["state"]) == (None, "not_judged")
    assert "German" in told["reason"]


def test_labels_move_the_scale_and_are_refused_where_they_are_few(
    home: Path, tmp_path: Path
) -> None:
    labels = tmp_path / "labels.jsonl"
    rows = [json.dumps({"text": RESET, "covered": False})] * 60
    labels.write_text("\n".join(rows), "utf-8")
    asked = tickets(tmp_path, RESET)
    plain = json.loads(assist(home, "coverage", asked, "--json").stdout)
    moved = json.loads(assist(home, "coverage", asked, "--json", "--labels", str(labels)).stdout)
    assert moved["coverage"] < plain["coverage"]
    labels.write_text(rows[0], "utf-8")
    refused = assist(home, "coverage", asked, "--labels", str(labels), code=2)
    assert "too few" in refused.stderr
