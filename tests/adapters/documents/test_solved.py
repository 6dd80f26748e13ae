"""Solved tickets as people export them: their columns, dates, encodings and places."""

import json
import re
from pathlib import Path

import pytest

from assist.adapters.documents import DocumentSource
from assist.adapters.documents.macros import OURS
from assist.adapters.documents.solved import COLUMNS
from assist.errors import BadKnowledgeBase
from assist.ports import Reading

README = Path(__file__).parents[3] / "kb_corpus" / "README.md"
TICKETS = "id,question,answer\nt-1,Le café est froid?,Réchauffez-le.\n"


def read(path: Path) -> Reading:
    return DocumentSource().read(path, None)


def tickets(folder: Path, **dates: str | int) -> Path:
    row = {"id": "t-1", "problem": "Is it on?", "resolution": "Yes.", **dates}
    file = folder / "tickets.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")
    return file


def test_every_column_placeholder_and_name_of_one_is_in_the_page_on_formats() -> None:
    page = README.read_text(encoding="utf-8").partition("## Other formats")[2]
    named = set(re.findall(r"`([^`]+)`", page))

    assert {name for names in COLUMNS.values() for name in names} <= named
    assert {*OURS, *OURS.values()} <= named


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-02", "2026-11-02"),
        ("2026-11-02 10:00:00", "2026-11-02T10:00:00"),
        ("2026-11-02 10:00:00 UTC", "2026-11-02T10:00:00+00:00"),
        ("2026-11-02T10:00:00.5Z", "2026-11-02T10:00:00.500000+00:00"),
        ("2026-11-02 10:00 +0100", "2026-11-02T10:00:00+01:00"),
        (1793613600, "2026-11-02T10:00:00+00:00"),
        ("1793613600000", "2026-11-02T10:00:00+00:00"),
        ("13/11/2026", "2026-11-13"),
        ("11/13/2026 9:05", "2026-11-13T09:05:00"),
        ("11.11.2026", "2026-11-11"),
    ],
)
def test_a_date_is_read_in_any_way_that_has_one_meaning(
    tmp_path: Path, written: str | int, day: str
) -> None:
    reading = read(tickets(tmp_path, created_at=written))

    assert reading.documents[0].metadata == {"created_at": day}
    assert reading.problems == ()


@pytest.mark.parametrize("written", ["02/11/2026", "soon", "99/99/2026", "2026-02-30", "1" * 13])
def test_a_date_that_cannot_be_told_costs_the_date_and_not_the_ticket(
    tmp_path: Path, written: str
) -> None:
    written = "99999999999999" if written == "1" * 13 else written
    reading = read(tickets(tmp_path, created_at=written, solved_at="2026-11-02"))

    assert reading.documents[0].metadata == {"solved_at": "2026-11-02"}
    (warning,) = reading.problems
    assert warning.severity == "warning"
    assert warning.problem == (
        f"1 row is read without created_at: {written!r} is no date, or could be two"
    )


def test_everybody_who_wrote_is_taken_out_of_the_texts(tmp_path: Path) -> None:
    messages = [
        {"author": "customer", "name": "Ana Lima", "text": "The hub is off."},
        {"author": "agent", "name": "Bo Berg", "text": "Ana, press the button. Bo"},
    ]
    row = {"id": "t-1", "status": "solved", "customer": "Cy Dahl", "messages": messages}
    file = tmp_path / "tickets.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")

    text = read(file).documents[0].text

    assert "press the button" in text
    assert not {"Ana", "Bo", "Cy"} & set(re.findall(r"\w+", text))


def test_solved_tickets_are_read_anywhere_in_a_folder_that_is_no_kb_root(tmp_path: Path) -> None:
    (tmp_path / "2026" / "may").mkdir(parents=True)
    (tmp_path / "2026" / "may" / "old.csv").write_text(TICKETS, encoding="utf-8")

    reading = read(tmp_path)

    assert [(d.id, d.kind) for d in reading.documents] == [("t-1", "precedent")]
    assert reading.problems == ()


def test_a_folder_of_other_tables_names_them_and_where_the_columns_stand(tmp_path: Path) -> None:
    (tmp_path / "stock.csv").write_text("sku,count\n1,2\n")

    with pytest.raises(BadKnowledgeBase, match=r"1 \.csv file is not read.*Other formats"):
        read(tmp_path)


def test_a_folder_of_anything_else_says_what_was_seen(tmp_path: Path) -> None:
    for name in ("a.png", "b.png", "c.json"):
        (tmp_path / name).write_text("{}")

    with pytest.raises(BadKnowledgeBase, match=r"holds no documents; seen: 2 \.png, 1 \.json"):
        read(tmp_path)


def test_a_table_in_utf_16_with_its_mark_is_read(tmp_path: Path) -> None:
    file = tmp_path / "tickets.csv"
    file.write_bytes(TICKETS.encode("utf-16"))

    assert "Réchauffez-le." in read(file).documents[0].text


@pytest.mark.parametrize("text", [TICKETS, "id;naïve\n1;é\n"])
def test_a_table_in_another_encoding_is_refused_for_that(tmp_path: Path, text: str) -> None:
    file = tmp_path / "tickets.csv"
    file.write_bytes(text.encode("cp1252"))

    with pytest.raises(BadKnowledgeBase, match="it looks like Windows-1252") as caught:
        read(file)

    assert "CSV UTF-8" in str(caught.value.cure)


def test_the_lock_file_that_word_leaves_beside_a_document_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "~$guide.docx").write_bytes(b"\x05Ana")
    (tmp_path / "guide.md").write_text("Press the button.")

    reading = read(tmp_path)

    assert [d.id for d in reading.documents] == ["guide.md"]
    assert reading.problems == ()
