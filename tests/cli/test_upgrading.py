"""The home of the release before opens: it is brought up, searched, and its cases go on."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.cli import app
from assist.service.case_requests import DecisionRequest, OutcomeRequest
from assist.service.casework import case_id_of
from assist.settings import Settings
from assist.wiring import opened
from tests.adapters.postgres.written_before import as_written


@pytest.fixture(scope="module")
def home(shared_folder: Path) -> Path:
    """As the release before left it, its indexes deleted: they are made anew."""
    home = shared_folder / "home"
    home.mkdir(mode=0o711)
    with EmbeddedPostgres.start(home) as server:
        as_written(server.url)
    return home


def assist(home: Path, *arguments: str) -> Any:
    """A command in this process, which ends well."""
    done = CliRunner().invoke(app, [*arguments, "--home", str(home)])
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.model
def test_what_was_ingested_is_found(home: Path) -> None:
    hits = json.loads(assist(home, "search", "my hub blinks red", "--json").stdout)
    assert hits[0]["document_id"] == "articles/hub.md"


@pytest.mark.model
def test_a_case_that_waited_for_its_outcome_goes_on_from_where_it_was(home: Path) -> None:
    case_id = case_id_of("t-1")
    solved = {"key": "o-9", "by": "Ann", "kind": "solved", "rating": 4}
    with opened(Settings(home=home)) as desk:
        before = desk.cases.view(case_id)
        after = asyncio.run(desk.cases.outcome(case_id, OutcomeRequest.model_validate(solved)))

    assert (before.case.status, after.case.status) == ("waiting", "solved")
    assert after.sent == before.sent
    assert after.suggestion == before.suggestion
    assert [event.key for event in after.history[:-1]] == [event.key for event in before.history]
    assert {entry.id for entry in before.ledger} < {entry.id for entry in after.ledger}


@pytest.mark.model
def test_a_case_that_was_to_be_decided_on_is_decided_on(home: Path) -> None:
    with opened(Settings(home=home)) as desk:
        view = desk.cases.view(case_id_of("t-2"))
        accepted = {"key": "k-9", "by": "Ann", "suggestion_id": view.case.suggestion_id}
        decision = DecisionRequest.model_validate(accepted | {"kind": "accept"})
        after = asyncio.run(desk.cases.decide(view.case.id, decision))

    assert view.suggestion is not None
    assert (after.case.status, after.sent[0].text) == ("waiting", view.suggestion.draft.text)


@pytest.mark.model
def test_an_ingest_that_waited_is_built(home: Path) -> None:
    with opened(Settings(home=home)) as desk:
        (job,) = desk.parts.jobs.unfinished()
        report = desk.builder().build_until(job.id, lambda *_: None)
    assert report.documents == 2


@pytest.mark.model
def test_the_doctor_finds_nothing_wrong(home: Path) -> None:
    findings = json.loads(assist(home, "doctor", "--json").stdout)
    assert [one["detail"] for one in findings if not one["ok"]] == []
