"""`assist forget`: what was kept of a person is in no table and in no file; others' is."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assist.cli import app
from assist.errors import NotFound
from assist.service.building import building
from assist.service.casework import case_id_of
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from tests.service.forgetting import (
    MAX,
    RARE,
    ZOE,
    a_shop,
    files_with,
    lived_through,
    maxs,
    zoes,
)

SAID = (ZOE, "ticket-zoe-1", "Zoe.Quist@example.com", "7946 0958", RARE, "FW-884120")
RECORDS = f"""currency: {{UK: GBP}}
customers:
  - id: {ZOE}
    name: Zoë Quist
    emails: [zoe@work.example]
    facts: &plain
      customer.region: UK
  - id: {MAX}
    name: Max Muster
    facts: *plain
"""


def assist(home: Path, *arguments: str, code: int = 0) -> Any:
    """A command in this process, which ends with this code."""
    done = CliRunner().invoke(app, [*arguments, "--home", str(home)])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def shop(shared_folder: Path) -> Path:
    """A knowledge base whose records have both."""
    kb = a_shop(shared_folder / "kb")
    (kb / "records.yaml").write_text(RECORDS, encoding="utf-8")
    return kb


@pytest.fixture(scope="module")
def home(shared_folder: Path, shop: Path) -> Path:
    """A home that serves it."""
    home = shared_folder / "home"
    with opened(Settings(home=home)) as desk:
        desk.ingest(shop, progress=silent)
    return home


@pytest.fixture
def both(home: Path, shop: Path) -> Path:
    """Both have a case there, whatever was done before."""
    with opened(Settings(home=home)) as desk:
        desk.ingest(shop, progress=silent)
        for ticket in (zoes(), maxs()):
            if desk.parts.cases.of_ticket(ticket.id) is None:
                lived_through(desk, ticket)
    return home


def a_precedent(home: Path, folder: Path) -> None:
    """Solved tickets, of which one was Zoë's."""
    fixes = {"ticket-zoe-1": "Hold its crimson button.", "t-9": "Pull the plug."}
    told = {"subject": "Hub", "problem": "It blinks.", "status": "solved"}
    rows = [told | {"id": name, "resolution": fix} for name, fix in fixes.items()]
    file = folder / "solved.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    assist(home, "ingest", str(file))


@pytest.mark.model
def test_what_was_kept_of_a_person_is_in_no_file_and_what_was_of_others_is(both: Path) -> None:
    assert all(files_with(both, said) for said in SAID)

    done = assist(both, "forget", ZOE)

    assert "1 of cases" in done.stdout
    assert "kept without the person: 1 of grants" in done.stdout
    assert "nothing of them is left" in done.stdout
    assert "write-ahead log anew" in done.stderr
    assert [said for said in SAID if files_with(both, said)] == []
    with opened(Settings(home=both)) as desk:
        view = desk.cases.view(case_id_of("ticket-max-1"))
        assert (view.ticket, len(view.history)) == (maxs(), 4)
        assert desk.parts.suggestions.get(view.case.suggestion_id) == view.suggestion
        with pytest.raises(NotFound):
            desk.cases.view(case_id_of("ticket-zoe-1"))


@pytest.mark.model
def test_the_records_and_the_precedents_say_nothing_of_them_in_any_generation(
    both: Path, tmp_path: Path
) -> None:
    a_precedent(both, tmp_path)
    assist(both, "precedents", "make")
    hers, his = (f"precedent-{case_id_of(one.id)}" for one in (zoes(), maxs()))

    done = json.loads(assist(both, "forget", ZOE, "--json").stdout)

    assert done["documents"] == [hers, "ticket-zoe-1", "records.yaml"]
    assert done["searched"]["found"] == []
    assert files_with(both, "zoe@work.example") == files_with(both, "crimson") == []
    with opened(Settings(home=both)) as desk:
        for generation in desk.parts.knowledge.generations():
            kept = desk.parts.knowledge.files(generation.id).get("records.yaml", "")
            assert ZOE not in kept
        served = desk.opened()
        assert served.records is not None
        assert served.records.find(customer_id=MAX, email=None)
        assert set(served.library.document_ids()) == {"articles/hub.md", "t-9", his}


@pytest.mark.model
def test_beside_a_server_it_takes_what_the_server_serves_too(both: Path) -> None:
    settings = Settings(home=both)
    with opened(settings, "http://127.0.0.1:8000") as desk, building(desk):
        desk.warm()
        done = json.loads(assist(both, "forget", ZOE, "--json").stdout)
        records = desk.opened().records

    assert (done["documents"], done["searched"]["found"]) == (["records.yaml"], [])
    assert records is not None
    assert records.find(customer_id=ZOE, email=None) is None


@pytest.mark.model
def test_what_is_said_beforehand_is_what_goes_and_nothing_goes_yet(both: Path) -> None:
    planned = json.loads(assist(both, "forget", ZOE, "--dry-run", "--json").stdout)
    again = assist(both, "forget", ZOE, "--dry-run").stdout

    assert planned["dry_run"]
    assert planned["searched"] is None
    assert "would be taken away" in again
    done = json.loads(assist(both, "forget", ZOE, "--json").stdout)
    assert (done["rows"], done["rewritten"]) == (planned["rows"], planned["rewritten"])


@pytest.mark.model
def test_what_is_left_somewhere_is_named_and_the_command_fails(both: Path) -> None:
    stray = both / "notes.txt"
    stray.write_text("call zoe.quist@example.com, or Zoë Quist herself", encoding="utf-8")

    done = assist(both, "forget", ZOE, code=1)
    stray.unlink()

    assert "SOMETHING OF THEM IS LEFT" in done.stdout
    assert f"email, 1 times in {stray.resolve()} (should not be there)" in done.stdout
    assert "a name may be another's" in done.stdout
    assert "nothing of them is left" in assist(both, "forget", ZOE).stdout


@pytest.mark.model
def test_who_was_never_there_is_told_apart_from_who_was_forgotten(both: Path) -> None:
    assist(both, "forget", ZOE)

    assert "taken away: nothing" in assist(both, "forget", ZOE).stdout
    assert (
        "nothing is kept of a customer 'cust-0000'"
        in assist(both, "forget", "cust-0000", code=2).stderr
    )


def test_one_thing_at_a_time_is_asked_for(tmp_path: Path) -> None:
    for given in ((), (ZOE, "--expired")):
        assert "name one customer" in assist(tmp_path, "forget", *given, code=2).stderr


def test_without_a_limit_nothing_expires(tmp_path: Path, home: Path) -> None:
    done = assist(home, "forget", "--expired", code=2)
    assert "ASSIST_RETENTION_DAYS" in done.stderr


@pytest.mark.model
def test_what_ended_long_ago_expires(both: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSIST_RETENTION_DAYS", "30")
    assert "forgot 0 cases" in assist(both, "forget", "--expired").stdout
