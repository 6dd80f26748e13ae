"""`assist index`: what is derived is looked after, and what is erased is gone from every file."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assist.adapters.home import Home
from assist.adapters.words import TantivyLexical
from assist.cli import app
from assist.errors import DiskFull
from tests.service.parts import a_kb

HIDDEN = "the zanzibar key is under the mat"
PLUG = "articles/plug.md"
PARTS = ["catalogue", "words", "vectors", "parts", "statements"]


def assist(home: Path, *arguments: str, code: int = 0) -> Any:
    """A command in this process, which ends with this code."""
    done = CliRunner().invoke(app, [*arguments, "--home", str(home)])
    assert done.exit_code == code, done.output
    return done


def read_in(folder: Path) -> list[Path]:
    """The files below `folder` that hold the hidden line."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return [file for file in files if HIDDEN.encode() in file.read_bytes()]


@pytest.fixture
def home(shared_folder: Path, tmp_path: Path) -> Path:
    """A home that serves three articles, as it was before each test."""
    kb = a_kb(
        tmp_path / "kb",
        hub=f"# Hub\n\nIn an emergency {HIDDEN}.",
        plug="# Plug\n\nPull the plug out of the socket.",
        lock="# Lock\n\nTurn the key twice to the left.",
    )
    assist(shared_folder / "home", "ingest", str(kb))
    return shared_folder / "home"


def damage(home: Path, part: str) -> None:
    """Cut the files of what serves in half, in this part."""
    cut = 0
    for file in sorted((home / "index/default" / part).rglob("*")):
        if file.is_file() and file.stat().st_size > 100:
            data = file.read_bytes()
            file.write_bytes(data[: len(data) // 2])
            cut += 1
    assert cut


@pytest.mark.model
def test_what_is_sound_is_looked_up_and_left_as_it_is(home: Path) -> None:
    done = assist(home, "index", "verify")

    lines = done.stdout.splitlines()
    assert lines[0].startswith("generation g1-")
    assert lines[1:] == [
        "catalogue: 3 looked up, ok",
        "words: 3 looked up, ok",
        "vectors: 3 looked up, ok",
        "parts: 3 looked up, ok",
        "statements: 3 looked up, ok; 3 to be read, which a server does",
    ]


@pytest.mark.model
def test_a_sample_is_called_one(shared_folder: Path, tmp_path: Path) -> None:
    many = a_kb(
        tmp_path / "many", **{f"rule{n}": f"# Rule {n}\n\nDo {n} first." for n in range(60)}
    )
    large = shared_folder / "large"
    assist(large, "ingest", str(many))

    lines = assist(large, "index", "verify").stdout.splitlines()

    assert lines[3:] == [
        "vectors: 60 looked up, ok",
        "parts: 48 of 60 looked up, an even sample, ok",
        "statements: 60 looked up, ok",
    ]


@pytest.mark.model
@pytest.mark.parametrize("part", PARTS)
def test_a_damaged_part_is_found_and_rebuilt(home: Path, part: str) -> None:
    before = json.loads(assist(home, "search", "pull the plug", "--json").stdout)
    damage(home, part)

    report = json.loads(assist(home, "index", "verify", "--json").stdout)

    found = {one["part"]: one for one in report["parts"]}
    assert found[part]["found"]
    assert found[part]["rebuilt"]
    assert all(one["sound"] and one["checked"] == 3 for one in report["parts"])
    assert json.loads(assist(home, "search", "pull the plug", "--json").stdout) == before
    again = json.loads(assist(home, "index", "verify", "--json").stdout)
    assert not any(one["rebuilt"] for one in again["parts"])


@pytest.mark.model
@pytest.mark.parametrize("part", PARTS)
def test_the_next_search_mends_what_is_damaged_and_says_so(
    home: Path, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = json.loads(assist(home, "search", "pull the plug", "--json").stdout)
    damage(home, part)

    after = json.loads(assist(home, "search", "pull the plug", "--json").stdout)

    assert after == before
    assert "was damaged" in caplog.text


@pytest.mark.model
def test_what_cannot_be_mended_ends_with_1_and_says_why(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(home, "words")

    def full(*_: object) -> None:
        raise DiskFull("no space left to write", cure="free some space and run it again")

    with monkeypatch.context() as patched:
        patched.setattr(TantivyLexical, "build", full)
        done = assist(home, "index", "verify", code=1)

    assert "error: no space left to write" in done.stderr
    assert "DAMAGED" in done.stdout
    assist(home, "index", "verify")


@pytest.mark.model
def test_a_rebuild_makes_all_parts_anew(home: Path) -> None:
    damage(home, "vectors")
    damage(home, "catalogue")

    done = assist(home, "index", "rebuild")

    assert done.stdout.count("3 looked up, rebuilt, ok") == 5


@pytest.mark.parametrize("arguments", [("verify",), ("rebuild",), ("erase", PLUG)])
def test_while_somebody_owns_the_home_it_is_refused_with_their_name(
    home: Path, arguments: tuple[str, ...]
) -> None:
    with Home(home).lock():
        done = assist(home, "index", *arguments, code=2)

    assert "in use by process" in done.stderr


def test_before_anything_is_ingested_it_says_what_to_do(shared_folder: Path) -> None:
    for command in (("verify",), ("rebuild",), ("erase", PLUG)):
        done = assist(shared_folder / "new", "index", *command, code=2)
        assert "assist ingest PATH" in done.stderr


@pytest.mark.model
def test_pruned_text_is_in_no_derived_file(home: Path, tmp_path: Path) -> None:
    assert read_in(home / "index")
    (tmp_path / "kb/articles/hub.md").unlink()

    assist(home, "ingest", str(tmp_path / "kb"), "--prune")

    assert read_in(home / "index") == []


@pytest.mark.model
def test_erased_text_is_in_no_file_of_the_index_and_of_no_table(home: Path) -> None:
    assert read_in(home / "index")
    assert read_in(home / "postgres/base")

    done = assist(home, "index", "erase", "articles/hub.md")

    assert done.stdout.startswith("erased articles/hub.md; generation g")
    assert "vacuumed documents, passages" in done.stderr
    assert "write-ahead log" in done.stderr
    assert read_in(home / "index") == []
    assert read_in(home / "postgres/base") == []
    hits = json.loads(assist(home, "search", "zanzibar key", "--json").stdout)
    assert {hit["document_id"] for hit in hits} <= {PLUG, "articles/lock.md"}


@pytest.mark.model
def test_to_erase_an_unknown_document_names_the_nearest(home: Path) -> None:
    done = assist(home, "index", "erase", "articles/plog.md", code=2)

    assert PLUG in done.stderr
