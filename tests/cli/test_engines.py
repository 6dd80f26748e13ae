"""`--engine`: a Ray cluster finds what this process finds, and is asked for in plain words."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_coverage import assist
from tests.service.parts import a_kb
from tests.two_nodes import its_own_warnings, needs_ray, two_nodes

pytestmark = [pytest.mark.model, its_own_warnings]
ASKED = (
    "How do I reset the hub?",
    "When does my refund arrive?",
    "Which vaccines does our puppy need before boarding?",
)
TOLERANCE = 1e-4
"""Of a coverage, as docs/gaps.md says: workers on other processors round otherwise."""


@pytest.fixture(scope="module")
def home(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that serves two articles."""
    kb = a_kb(
        tmp_path_factory.mktemp("kb"),
        hub="# Reset the hub\n\nHold the button on the back for ten seconds to reset the hub.",
        refund="# Refunds\n\nA refund takes five days to arrive on your card.",
    )
    assist(shared_folder / "home", "ingest", str(kb))
    return shared_folder / "home"


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Two nodes, at the address that the settings name."""
    with two_nodes() as address:
        os.environ["ASSIST_RAY_ADDRESS"] = address
        yield address
        del os.environ["ASSIST_RAY_ADDRESS"]


@pytest.fixture
def tickets(tmp_path: Path) -> str:
    """More than one worker is handed at a time."""
    rows = [{"id": f"t{n}", "text": f"{ASKED[n % 3]} I am number {n}."} for n in range(600)]
    file = tmp_path / "tickets.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return str(file)


@needs_ray
def test_coverage_by_two_nodes_is_that_of_this_process(
    home: Path, cluster: str, tickets: str
) -> None:
    here = assist(home, "coverage", tickets, "--json").stdout.splitlines()
    there = assist(home, "coverage", tickets, "--json", "--engine", "ray").stdout.splitlines()
    assert len(there) == len(here) == 600
    for mine, its in zip(map(json.loads, here), map(json.loads, there), strict=True):
        assert its["ticket_id"] == mine["ticket_id"]
        assert its["document_id"] == mine["document_id"]
        assert its["coverage"] == pytest.approx(mine["coverage"], abs=TOLERANCE)


@needs_ray
def test_gaps_by_two_nodes_are_those_of_this_process(
    home: Path, cluster: str, tickets: str
) -> None:
    here = json.loads(assist(home, "gaps", tickets, "--json").stdout)
    there = json.loads(assist(home, "gaps", tickets, "--json", "--engine", "ray").stdout)
    found = [{one["ticket_id"] for one in gap["tickets"]} for gap in here["gaps"]]
    assert found
    assert [{one["ticket_id"] for one in gap["tickets"]} for gap in there["gaps"]] == found


def test_where_ray_is_missing_the_extra_is_named(
    home: Path, tickets: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assist.adapters.ray_bulk.find_spec", lambda _: None)
    refused = assist(home, "coverage", tickets, "--engine", "ray", code=2)
    assert "pip install 'assist-desk[scale]'" in refused.stderr
    assert not refused.stdout


def test_an_engine_that_there_is_not_is_refused(home: Path, tickets: str) -> None:
    assert "local" in assist(home, "gaps", tickets, "--engine", "spark", code=2).stderr
