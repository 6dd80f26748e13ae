"""`assist kb-health` and `assist training-needs` in this process: what is printed and written."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assist.cli import app
from tests.service.kb_health.desk_builders import HUB, LAMP
from tests.service.parts import a_kb

pytestmark = pytest.mark.model


def assist(home: Path, *arguments: str, code: int = 0) -> Result:
    """A command in this process, which ends with this code."""
    done = CliRunner().invoke(app, [*arguments, "--home", str(home)])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def home(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that serves two articles, and has made a suggestion about one of them."""
    kb, home = a_kb(tmp_path_factory.mktemp("kb"), hub=HUB, lamp=LAMP), shared_folder / "home"
    assist(home, "ingest", str(kb))
    ticket = shared_folder / "ticket.json"
    ticket.write_text(json.dumps({"id": "t-1", "text": "My hub blinks red. What can I do?"}))
    assist(home, "suggest", str(ticket), "--json")
    return home


def test_a_person_reads_what_to_review_first_and_why(home: Path) -> None:
    shown = " ".join(assist(home, "kb-health").stdout.split())

    assert "1 tickets, 2 articles" in shown
    assert "its review is overdue by" in shown
    assert "Product Support" in shown


def test_json_has_every_article_with_use_and_own_words(home: Path) -> None:
    told = json.loads(assist(home, "kb-health", "--json").stdout)
    hub = next(one for one in told["articles"] if one["document_id"] == "hub")

    assert told["checked"]
    assert (hub["shown"], hub["owner"]) == (1, "Product Support")
    assert hub["own_words"]["rank"] == 1
    assert hub["faults"][0]["kind"] == "stale"


def test_the_table_and_the_page_are_written_where_asked(home: Path, tmp_path: Path) -> None:
    table, page = tmp_path / "health.csv", tmp_path / "health.md"

    assist(home, "kb-health", "--csv", str(table), "--markdown", str(page))

    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert {row["document"] for row in rows} == {"hub", "lamp"}
    assert page.read_text(encoding="utf-8").startswith("# Knowledge base health\n")


def test_training_needs_say_how_much_was_set_aside(home: Path) -> None:
    assert "0 suggestions were set aside" in assist(home, "training-needs").stdout
    assert json.loads(assist(home, "training-needs", "--json").stdout)["gaps"] == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("kb-health", "--since", "soon"), "'soon' is no date"),
        (("kb-health", "--since", "1900-01-01"), "ten years"),
        (("kb-health", "--csv", "/nowhere/health.csv"), "No such file"),
        (("training-needs", "--since", "2999-01-01"), "ten years"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    home: Path, arguments: tuple[str, ...], says: str
) -> None:
    assert says in " ".join(assist(home, *arguments, code=2).stderr.split())


def test_without_a_knowledge_base_it_is_said_what_to_do(tmp_path: Path) -> None:
    assert "assist ingest" in assist(tmp_path / "home", "kb-health", code=2).stderr
