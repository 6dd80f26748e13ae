"""`assist gaps` in this process: what it finds in a file of tickets, writes and refuses."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assist.cli import app
from tests.conftest import KB_CORPUS
from tests.service.parts import a_kb

pytestmark = pytest.mark.model

ARTICLES = (
    *("camera-setup", "hub-setup", "plug-setup", "order-tracking", "refund-times", "phishing"),
    *("password-two-step", "doorbell-setup", "gift-orders-and-cards", "billing-invoices"),
    *("moving-house", "data-request"),
)
COVERED = (
    "How do I set up the Camera 3?",
    "How do I track my parcel?",
    "When do I get my refund?",
)
BIKES = (
    "Where can I rent a bicycle?",
    "Can I rent a bicycle for a day?",
    "What does it cost to rent a bicycle?",
    "How do I rent two bicycles?",
    "Do you rent bicycles for children?",
)
REPLY = "Dear Ana Lima,\n\nBicycles are rented at the harbor for nine euros a day.\n\nKind regards"
BULBS = ("Which light bulb fits into my oven?", "¿Dónde está mi paquete? No ha llegado todavía.")


def assist(home: Path, *arguments: str, code: int = 0) -> Result:
    """A command in this process, which ends with this code."""
    done = CliRunner().invoke(app, [*arguments, "--home", str(home)])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def home(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that serves some of the sample company's articles."""
    texts = {name: (KB_CORPUS / "articles" / f"{name}.md").read_text("utf-8") for name in ARTICLES}
    assist(shared_folder / "home", "ingest", str(a_kb(tmp_path_factory.mktemp("kb"), **texts)))
    return shared_folder / "home"


def a_file(folder: Path, tickets: Iterable[dict[str, Any]]) -> Path:
    path = folder / "tickets.jsonl"
    path.write_text("".join(f"{json.dumps(ticket)}\n" for ticket in tickets), encoding="utf-8")
    return path


def tickets(*asked: str, reply: str = "", of_each: int = 10) -> list[dict[str, Any]]:
    """The covered ones `of_each` times, and these; those about bicycles with a reply."""
    every = [*(text for text in COVERED for _ in range(of_each)), *asked]
    return [
        {
            "id": f"t-{number}",
            "customer": {"name": "Ana Lima"},
            "messages": [
                {"text": text},
                *([{"author": "agent", "text": reply}] if reply and text in BIKES else []),
            ],
        }
        for number, text in enumerate(every)
    ]


def told(done: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_what_nothing_answers_is_one_gap_and_the_odd_one_is_listed(
    home: Path, tmp_path: Path
) -> None:
    path = a_file(tmp_path, tickets(*BIKES, BULBS[0]))
    report = told(assist(home, "gaps", str(path), "--json"))

    (gap,) = report["gaps"]
    assert gap["kind"] == "missing_article"
    assert [ticket["text"] for ticket in gap["tickets"]] == list(BIKES)
    assert "bicycle" in gap["keywords"]
    assert gap["impact"] == pytest.approx(5.0)
    assert [ticket["text"] for ticket in report["outliers"]] == [BULBS[0]]


def test_the_table_names_gaps_and_their_factors(home: Path, tmp_path: Path) -> None:
    shown = assist(home, "gaps", str(a_file(tmp_path, tickets(*BIKES)))).stdout
    assert "5 × 1 × 1 × 1 × 1" in shown
    assert "missing_article" in shown


def test_a_gap_keeps_its_id_from_run_to_run(home: Path, tmp_path: Path) -> None:
    state = str(tmp_path / "gaps.json")
    first = a_file(tmp_path, tickets(*BIKES[:4]))
    (before,) = told(assist(home, "gaps", str(first), "--json", "--state", state))["gaps"]
    second = a_file(tmp_path, tickets(*BIKES))
    (after,) = told(assist(home, "gaps", str(second), "--json", "--state", state))["gaps"]
    assert len(after["tickets"]) == 5
    assert after["id"] == before["id"]


def test_a_draft_is_made_of_replies_and_proved(home: Path, tmp_path: Path) -> None:
    path, drafts = a_file(tmp_path, tickets(*BIKES, reply=REPLY)), tmp_path / "drafts"
    done = assist(home, "gaps", str(path), "--propose", str(drafts))
    (draft,) = drafts.glob("gap-*.md")
    assert "Bicycles are rented at the harbor for nine euros a day" in draft.read_text(
        encoding="utf-8"
    )
    assert "Ana" not in draft.read_text(encoding="utf-8")
    assert "coverage of these 5 tickets goes" in done.stderr
    assert "0 of 30 others get worse" in done.stderr


def test_without_replies_the_draft_is_an_outline_and_proves_nothing(
    home: Path, tmp_path: Path
) -> None:
    path = a_file(tmp_path, tickets(*BIKES))
    done = assist(home, "gaps", str(path), "--propose", str(tmp_path / "drafts"))
    assert "an outline" in done.stderr


def test_the_page_is_one_file_and_shows_customers_words_as_text(home: Path, tmp_path: Path) -> None:
    asked = [f"{text} <script>alert(1)</script>" for text in BIKES]
    path, page = a_file(tmp_path, tickets(*asked)), tmp_path / "gaps.html"
    assist(home, "gaps", str(path), "--html", str(page))
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text
    assert "<script" not in text
    assert "src=" not in text
    assert "1 gaps in 35 tickets" in text


def test_few_tickets_are_listed_and_not_clustered(home: Path, tmp_path: Path) -> None:
    path = a_file(tmp_path, tickets(*BIKES, of_each=2))
    report = told(assist(home, "gaps", str(path), "--json"))
    assert report["gaps"] == []
    assert len(report["outliers"]) == 5
    assert "too few" in report["notes"][0]


def test_all_duplicates_are_one_gap(home: Path, tmp_path: Path) -> None:
    path = a_file(tmp_path, tickets(*[BIKES[0]] * 40, of_each=0))
    (gap,) = told(assist(home, "gaps", str(path), "--json"))["gaps"]
    assert len(gap["tickets"]) == 40


def test_a_language_that_is_not_read_is_said_and_in_no_gap(home: Path, tmp_path: Path) -> None:
    path = a_file(tmp_path, tickets(*BIKES, *[BULBS[1]] * 5))
    report = told(assist(home, "gaps", str(path), "--json"))
    assert len(report["gaps"]) == 1
    assert len(report["not_judged"]) == 5
    assert "Spanish" in report["not_judged"][0]["reason"]


def test_a_state_that_is_none_of_ours_is_refused(home: Path, tmp_path: Path) -> None:
    state = tmp_path / "gaps.json"
    state.write_text("[1]")
    path = a_file(tmp_path, tickets(*BIKES))
    done = assist(home, "gaps", str(path), "--state", str(state), code=2)
    assert "holds no gaps that were kept" in done.stderr


def test_an_empty_file_is_refused(home: Path, tmp_path: Path) -> None:
    done = assist(home, "gaps", str(a_file(tmp_path, [])), code=2)
    assert "nothing to read" in done.stderr


def test_a_bad_line_is_named_after_all_the_others(home: Path, tmp_path: Path) -> None:
    path = a_file(tmp_path, [*tickets(*BIKES), {"id": "x", "colour": "red"}])
    done = assist(home, "gaps", str(path), "--json", code=1)
    assert len(told(done)["gaps"]) == 1
    assert "tickets.jsonl:36" in done.stderr
