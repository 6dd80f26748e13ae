"""Whatever stands in a file of the home is found there, and nothing else is."""

from pathlib import Path

import pytest

from assist.adapters.own_files import HomeFiles
from assist.domain.forgetting import A_NAME, PLAIN, Known, KnownKind


def found(folder: Path, kind: KnownKind, value: str) -> list[tuple[str, int]]:
    """In which files a value stands, how often."""
    searched = HomeFiles([folder]).search([Known(kind=kind, value=value)])
    return [(Path(one.where).name, one.count) for one in searched.found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_value_is_found_among_other_bytes(tmp_path: Path, encoding: str) -> None:
    said = bytes(range(256)) + "from zoë@example.com, to".encode(encoding) + bytes(range(256))
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "deep/er/page").write_bytes(said * 2)

    assert found(tmp_path, "email", "Zoë@Example.com") == [("page", 2)]


def test_a_value_is_found_as_json_writes_it(tmp_path: Path) -> None:
    (tmp_path / "state").write_text('{"name": "Zo\\u00eb Quist"}')
    assert found(tmp_path, "name", "Zoë Quist") == [("state", 1)]


def test_a_part_of_a_longer_word_and_another_case_of_an_id_are_not_it(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("cust-12345 xcust-1234 CUST-1234 cust-1234_")
    assert found(tmp_path, "id", "cust-1234") == []


def test_what_is_too_short_is_not_looked_for_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("c-1")
    searched = HomeFiles([tmp_path]).search([Known(kind="id", value="c-1")])
    assert (searched.found, searched.files, searched.bytes) == ((), 1, 3)
    assert "too short" in searched.notes[0]


def test_a_file_is_read_once_however_it_is_reached(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/page").write_text("cust-1234")
    (tmp_path / "link").symlink_to(tmp_path / "data/page")
    files = HomeFiles([tmp_path, tmp_path / "data", tmp_path / "data/page", tmp_path / "gone"])
    searched = files.search([Known(kind="id", value="cust-1234")])
    assert (searched.files, [one.count for one in searched.found]) == (1, [1])


def test_a_log_that_names_them_is_emptied_and_another_is_left(tmp_path: Path) -> None:
    named, other, gone = (tmp_path / name for name in ("named.log", "other.log", "gone.log"))
    named.write_text("DETAIL: Key (ticket_id)=(ticket-77) exists")
    other.write_text("ready")

    with named.open("a") as writer:  # as the server has it open
        said = HomeFiles([tmp_path], [named, other, gone]).clean(
            [Known(kind="ticket", value="ticket-77")]
        )
        writer.write("goes on")

    assert said == (f"emptied {named}, which named them",)
    assert (named.read_text(), other.read_text()) == ("goes on", "ready")


@pytest.mark.parametrize(
    ("kind", "value", "doubt"),
    [
        ("id", "c-1001", ""),
        ("ticket", "12345678", ""),
        ("ticket", "123456", PLAIN),
        ("ticket", "sample", PLAIN),
        ("email", "ann@example.com", ""),
        ("name", "Ann Lee", A_NAME),
    ],
)
def test_what_may_be_something_else_is_told_apart(kind: KnownKind, value: str, doubt: str) -> None:
    assert Known(kind=kind, value=value).doubt == doubt
