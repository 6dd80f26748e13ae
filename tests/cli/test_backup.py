"""`assist backup` and `assist restore`: all comes back, but who was forgotten."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assist.cli import app
from assist.errors import NotFound
from assist.service.building import building
from assist.service.casework import case_id_of
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import keyring, opened
from tests.service.forgetting import ZOE, files_with, lived_through, maxs, zoes
from tests.service.parts import a_kb

ARTICLES = {
    "hub": "# The hub blinks red\n\nHold the button of the hub for ten seconds.",
    "plug": "# The plug is warm\n\nPull the plug out of the socket and let it cool.",
    "lock": "# The lock is stuck\n\nTurn the key twice to the left.",
}


def assist(home: Path, *arguments: str, code: int = 0) -> Any:
    """A command in this process, which ends with this code."""
    done = CliRunner().invoke(app, [*arguments, "--home", str(home)])
    assert done.exit_code == code, done.output
    return done


def found(home: Path) -> Any:
    """What a search finds, with its scores."""
    return json.loads(assist(home, "search", "pull the plug", "--json").stdout)


def in_words(desk: Desk) -> list[str]:
    """Every case, with all that happened and was promised, and its state, as JSON."""
    rows = desk.cases.listed(["solved", "waiting", "deciding"], 99)
    return sorted(desk.cases.view(row.id).model_dump_json() for row in rows)


@pytest.fixture(scope="module")
def home(shared_folder: Path) -> Path:
    """Two workspaces; in one, both have a case, and there are two keys."""
    home = shared_folder / "home"
    kb = a_kb(shared_folder / "kb", **ARTICLES)
    (kb / "records.yaml").write_text(f"customers:\n  - {{id: {ZOE}, name: Zoë Quist}}\n", "utf-8")
    with opened(Settings(home=home)) as desk:
        desk.ingest(kb, progress=silent)
        for ticket in (zoes(), maxs()):
            lived_through(desk, ticket)
    with opened(Settings(home=home, workspace="other")) as desk:
        desk.ingest(a_kb(shared_folder / "small", hub="# A hub\n\nIt is round."), progress=silent)
    with keyring(Settings(home=home)) as ring:
        for note in ("kept", "lost"):
            ring.create("agent", note=note)
    return home


@pytest.fixture(scope="module")
def backup(home: Path, shared_folder: Path) -> Path:
    """Made beside a server."""
    file = shared_folder / "all.backup"
    with opened(Settings(home=home), "http://127.0.0.1:8000") as desk, building(desk):
        done = assist(home, "backup", str(file))
    assert "default: 3 searches to hold a restore to" in done.stdout
    return file


@pytest.fixture(scope="module")
def restored(backup: Path, shared_folder: Path) -> Path:
    """A home made of it."""
    home = shared_folder / "restored"
    done = assist(home, "restore", str(backup))
    assert "4 of 4 searches find what they found before" in done.stdout
    assert "whoever was forgotten since" in done.stderr
    return home


@pytest.mark.model
def test_all_comes_back_as_it_was_at_one_moment(home: Path, restored: Path) -> None:
    assert found(restored) == found(home)
    with opened(Settings(home=home)) as desk:
        before, generations = in_words(desk), desk.parts.knowledge.generations()
        grants = desk.parts.grants.of_customer(ZOE, generations[-1].created_at.replace(year=2000))
        keys = desk.parts.keys.listed()
    with opened(Settings(home=restored)) as desk:
        assert in_words(desk) == before
        assert desk.parts.knowledge.generations() == generations
        since = generations[-1].created_at.replace(year=2000)
        assert desk.parts.grants.of_customer(ZOE, since) == grants
        assert desk.parts.keys.listed() == keys
    with opened(Settings(home=restored, workspace="other")) as desk:
        assert [one.documents for one in desk.parts.knowledge.generations()] == [1]


@pytest.mark.model
def test_what_is_restored_lives_on(restored: Path) -> None:
    with opened(Settings(home=restored)) as desk:
        lived_through(desk, maxs("ticket-max-2"))
        assert len(in_words(desk)) == 3


def test_a_backup_is_for_its_owner_and_tells_what_is_in_it(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    tables = {member["table"] for member in manifest["workspaces"][0]["members"]}
    assert {"cases", "case_events", "checkpoints", "grants", "api_keys", "tombstones"} <= tables
    assert not tables & {"sessions", "entrances", "procrastinate_jobs"}
    assert [one["workspace"] for one in manifest["workspaces"]] == ["default", "other"]


def test_a_file_that_is_there_is_not_written_over(backup: Path, home: Path) -> None:
    before = backup.read_bytes()
    assert "is there already" in assist(home, "backup", str(backup), code=2).stderr
    assert backup.read_bytes() == before


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_a_damaged_backup_is_refused_and_nothing_changes(
    backup: Path, tmp_path: Path, home: Path, at: float
) -> None:
    damaged, data = tmp_path / "damaged", bytearray(backup.read_bytes())
    place = int(len(data) * at)
    data[place : place + 40] = bytes(40)
    damaged.write_bytes(data)

    done = assist(home, "restore", str(damaged), "--replace", code=2)

    assert "damaged" in done.stderr


def rewritten(backup: Path, file: Path, **changed: Any) -> Path:
    """The same backup with another manifest, whose checksum is right."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            if name == "manifest.json":
                told = json.dumps(json.loads(old.read(name)) | changed).encode()
                new.writestr(name, told)
                new.writestr("manifest.sha256", hashlib.sha256(told).hexdigest())
            elif name != "manifest.sha256":
                new.writestr(name, old.read(name))
    return file


@pytest.mark.parametrize("changed", [{"format": 2}, {"schema_version": "9999"}, {"new": 1}])
def test_a_backup_of_a_newer_release_is_refused_and_nothing_changes(
    backup: Path, tmp_path: Path, home: Path, changed: dict[str, Any]
) -> None:
    newer = rewritten(backup, tmp_path / "newer", **changed)

    done = assist(home, "restore", str(newer), "--replace", code=2)

    assert "release" in done.stderr
    assert found(home)


@pytest.mark.model
def test_where_something_is_nothing_is_restored_unless_it_is_to_be_replaced(
    home: Path, backup: Path
) -> None:
    done = assist(home, "restore", str(backup), code=2)
    assert "workspace default is not empty" in done.stderr
    assert "--replace" in done.stderr


def test_a_workspace_that_is_not_in_it_is_named(home: Path, backup: Path) -> None:
    done = assist(home, "restore", str(backup), "--workspace", "none", code=2)
    assert "it has default, other" in done.stderr


def test_while_somebody_owns_the_home_nothing_is_restored(home: Path, backup: Path) -> None:
    with opened(Settings(home=home)):
        done = assist(home, "restore", str(backup), "--replace", code=2)
    assert "in use by process" in done.stderr


@pytest.mark.model
def test_who_was_forgotten_and_what_was_revoked_since_stays_so(home: Path, backup: Path) -> None:
    with keyring(Settings(home=home)) as ring:
        (lost,) = [key for key in ring.listed() if key.note == "lost"]
        ring.revoke(lost.id)
    assist(home, "forget", ZOE)
    file = home.with_name("tombstones.jsonl")
    assist(home, "forget", "--tombstones", str(file))

    done = assist(home, "restore", str(backup), "--replace")

    assert "forgot 1 customers and tickets again" in done.stdout
    assert files_with(home, ZOE) == files_with(home, "ticket-zoe-1") == []
    with opened(Settings(home=home)) as desk:
        assert len(in_words(desk)) == 1
        with pytest.raises(NotFound):
            desk.cases.view(case_id_of("ticket-zoe-1"))
        states = {key.note: key.revoked_at is None for key in desk.parts.keys.listed()}
    assert states == {"kept": True, "lost": False}

    told = assist(home, "audit", "--json").stdout.splitlines()
    assert {"backup", "forget", "restore"} <= {json.loads(line)["what"] for line in told}

    fresh = home.with_name("fresh")
    done = assist(
        fresh, "restore", str(backup), "--tombstones", str(file), "--workspace", "default"
    )
    assert "forgot 1 customers and tickets again" in done.stdout
    assert "whoever was forgotten" not in done.stderr
    assert files_with(fresh, ZOE) == []
    shutil.rmtree(fresh)


@pytest.mark.parametrize("line", ["no JSON", '{"kind": "customer"}'])
def test_a_file_of_tombstones_that_is_none_is_refused_by_its_line(
    tmp_path: Path, backup: Path, line: str
) -> None:
    file = tmp_path / "tombstones.jsonl"
    file.write_text(f"{line}\n", encoding="utf-8")
    done = assist(tmp_path / "home", "restore", str(backup), "--tombstones", str(file), code=2)
    assert f"{file}:1" in done.stderr
