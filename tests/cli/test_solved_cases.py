"""`assist record`, `replay` and `precedents` beside the server that owns the home."""

import json
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from typer.testing import CliRunner, Result

from assist.cli import app
from assist.domain.record import Record
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from tests.cli.commands import ASSIST, surroundings
from tests.service.handing_over import TEMPLATE, a_refund, asked, came_out, decided, done
from tests.service.handing_over import answered as approved


class Served(NamedTuple):
    """A home with one case that a refund beyond the agent's level has solved, and its server."""

    home: Path
    case_id: str
    url: str


@pytest.fixture(scope="module")
def served(shared_folder: Path) -> Iterator[Served]:
    home = shared_folder / "home"
    with opened(Settings(home=home)) as desk:
        desk.ingest(TEMPLATE, progress=silent)
        view = done(desk.cases.open(a_refund()))
        approved(desk, asked(desk, view))
        view = decided(desk, desk.cases.view(view.case.id), "add_facts")
        view = decided(desk, view, "edit", text="Hello Ana, we refund you 250.00 USD.")
        view = came_out(desk, view, "solved", rating=5)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [*ASSIST, "serve", "--port", str(port)],
        env=surroundings() | {"ASSIST_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        assert f"listening on http://127.0.0.1:{port}\n" in iter(server.stderr.readline, "")
        yield Served(home, view.case.id, f"http://127.0.0.1:{port}")
        server.terminate()
        server.communicate(timeout=60)


def run(served: Served, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--home", str(served.home)])


def test_a_record_is_a_page_or_json(served: Served) -> None:
    page, same = (
        run(served, "record", served.case_id),
        run(served, "record", served.case_id, "--markdown"),
    )
    told = run(served, "record", served.case_id, "--json")

    assert (page.exit_code, told.exit_code) == (0, 0), page.stderr + told.stderr
    assert page.stdout == same.stdout
    assert page.stdout.startswith(f"# Case {served.case_id}: solved\n")
    assert "by Lee (lead): It is fair." in page.stdout
    record = Record.model_validate_json(told.stdout)
    assert record.approvals[0].answered_by == "Lee"
    assert "Ana" not in page.stdout + told.stdout


def test_one_form_at_a_time(served: Served) -> None:
    both = run(served, "record", served.case_id, "--json", "--markdown")
    assert (both.exit_code, both.stdout) == (2, "")
    assert "give one of them" in both.stderr
    unknown = run(served, "record", "case-none")
    assert (unknown.exit_code, len(unknown.stderr.splitlines())) == (2, 1)


def test_a_suggestion_is_made_again_beside_the_server(served: Served) -> None:
    found = run(served, "replay", served.case_id, "--json")
    assert found.exit_code == 0, found.stderr
    assert json.loads(found.stdout)["same"] is True


def test_precedents_are_shown_made_by_the_server_and_found(served: Served) -> None:
    shown = run(served, "precedents", "make", "--dry-run", "--json")
    assert shown.exit_code == 0, shown.stderr
    told = json.loads(shown.stdout)
    assert [one["case_id"] for one in told["precedents"]] == [served.case_id]
    assert told["ingest"] is None

    made = run(served, "precedents", "make")

    assert made.exit_code == 0, made.stderr
    assert "1 made of solved cases, each shown as “precedent, not policy”" in made.stdout
    assert f"{served.url} serves this home and builds it as job j-" in made.stderr
    asked_for = {"query": "refund my order", "kind": "precedent"}
    with httpx.Client(transport=httpx.HTTPTransport(retries=6), timeout=60) as client:
        hits = client.post(f"{served.url}/v1/search", json=asked_for).json()["hits"]
    assert {(hit["document_id"], hit["label"]) for hit in hits} == {
        (f"precedent-{served.case_id}", "precedent, not policy")
    }
    assert "Ana" not in hits[0]["passage"]["text"]
