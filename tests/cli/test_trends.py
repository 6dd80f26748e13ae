"""`assist trends` in this process: what is printed and written."""

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assist.cli import app
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from tests.service.handing_over import TEMPLATE, came_out, decided, done
from tests.service.trends.history import ticket

pytestmark = pytest.mark.model


def assist(home: Path, *arguments: str, code: int = 0) -> Result:
    """A command in this process, which ends with this code."""
    given = CliRunner().invoke(app, [*arguments, "--home", str(home)])
    assert given.exit_code == code, given.output
    return given


@pytest.fixture(scope="module")
def home(shared_folder: Path) -> Path:
    """A home with one case, which Mo has solved."""
    home = shared_folder / "home"
    with opened(Settings(home=home)) as desk:
        desk.ingest(TEMPLATE, progress=silent)
        view = done(desk.cases.open(ticket(1, datetime.now(UTC) - timedelta(hours=3))))
        view = decided(desk, view, "edit", text="Hello Ana, use the link on the sign-in page.")
        came_out(desk, view, "solved", rating=5)
    return home


def test_a_person_reads_what_came_and_how_it_went(home: Path) -> None:
    shown = assist(home, "trends").stdout

    assert "UTC: 1 cases, 0 in the time of the same length before; 0 are still open" in shown
    assert "account" in shown
    assert "first response: half within 3.0 h (only 1); known for 1 of 1 cases" in shown
    assert "satisfied (rated 4 or 5): 1 of 1: too few for a rate; before: none yet" in shown
    assert "no five cases are alike" in shown
    assert "Mo" not in shown


def test_json_has_all_of_it_and_the_table_is_written_where_asked(
    home: Path, tmp_path: Path
) -> None:
    table = tmp_path / "trends.csv"
    told = json.loads(assist(home, "trends", "--json", "--csv", str(table)).stdout)

    assert (told["cases"], told["step"]) == (1, "week")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert sum(int(row["cases"]) for row in rows if row["category"] == "account") == 1


def test_another_time_has_no_case_and_says_so(home: Path) -> None:
    shown = assist(home, "trends", "--since", "2025-01-01", "--until", "2025-01-31").stdout
    assert "no case came in this time" in shown


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--since", "soon"), "'soon' is no date"),
        (("--until", "1900-01-01"), "ten years"),
        (("--since", "2025-02-01", "--until", "2025-01-01"), "is after"),
        (("--csv", "/nowhere/trends.csv"), "No such file"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    home: Path, arguments: tuple[str, ...], says: str
) -> None:
    assert says in " ".join(assist(home, "trends", *arguments, code=2).stderr.split())


def test_a_home_without_a_knowledge_base_has_no_cases(tmp_path: Path) -> None:
    assert "no case came" in assist(tmp_path / "home", "trends").stdout


def test_the_page_needs_no_other_file(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "trends.html"
    assist(home, "trends", "--html", str(page))
    shown = page.read_text(encoding="utf-8")

    assert "<svg" in shown
    assert "What changed" in shown
    assert "/static/" not in shown
