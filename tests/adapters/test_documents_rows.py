import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assist.adapters.documents import DocumentSource
from assist.errors import BadKnowledgeBase
from assist.ports import Reading


def corpus(folder: Path, *lines: object) -> Path:
    """A BEIR folder; a row is a dict, or the line as it stands."""
    text = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    (folder / "corpus.jsonl").write_text("\n".join(text) + "\n", encoding="utf-8")
    return folder


def read(path: Path) -> Reading:
    return DocumentSource().read(path, None)


def row(document_id: str, text: str = "Text.", **metadata: object) -> dict[str, object]:
    return {"_id": document_id, "title": "T", "text": text, "metadata": metadata}


def test_rows_become_documents_under_their_own_ids(tmp_path: Path) -> None:
    corpus(
        tmp_path,
        row("q 1/é"),
        {"id": 7, "text": "No title.", "url": "https://example.com"},
        row("p", kind="policy", owner="Care"),
    )

    documents = read(tmp_path).documents

    assert [(d.id, d.title, d.kind, d.audience) for d in documents] == [
        ("q 1/é", "T", "kb", "customer"),
        ("7", "", "kb", "customer"),
        ("p", "T", "policy", "internal"),
    ]
    assert documents[1].metadata == {"url": "https://example.com"}
    assert documents[2].metadata == {"kind": "policy", "owner": "Care"}


def test_beside_a_corpus_nothing_else_is_read(tmp_path: Path) -> None:
    corpus(tmp_path, row("a"))
    (tmp_path / "notes.md").write_text("# Notes")
    (tmp_path / "sla.yaml").write_text("matrix: {}")

    reading = read(tmp_path)

    assert [d.id for d in reading.documents] == ["a"]
    assert reading.files == {}


def test_a_folder_and_its_corpus_file_read_alike(tmp_path: Path) -> None:
    corpus(tmp_path, row("a"), row("b"))

    assert read(tmp_path).documents == read(tmp_path / "corpus.jsonl").documents


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"_id": "x", "text": "a"', "not JSON: Expecting ',' delimiter at column 25"),
        ('["x"]', "is not a JSON object"),
        ('{"text": "a"}', "has neither _id nor id"),
        ('{"_id": "", "text": "a"}', "id must not be empty"),
        ('{"_id": "x", "text": 5}', "text must be text"),
        ('{"_id": "x", "text": "a\\u0000b"}', "a value holds a NUL character"),
        ('{"_id": "x", "text": "a\\ud800"}', "a value holds a NUL character or half"),
        ('{"_id": "x", "text": "a", "metadata": {"n": NaN}}', "not JSON: NaN is not JSON"),
        ('{"_id": "x", "text": "a", "metadata": {"n": 1e999}}', "a value is not a finite number"),
        ('{"_id": "x", "text": "a", "metadata": {"kind": "faq"}}', "metadata.kind must be one of"),
        ('{"_id": "x", "text": "a", "metadata": ["kb"]}', "metadata must be a map"),
        ("[" * 100_000, "not JSON"),
        (json.dumps(row("a" * 600)), "id has 600 characters; at most 512"),
    ],
)
def test_a_broken_row_is_named_with_its_line_and_the_rest_is_read(
    tmp_path: Path, line: str, problem: str
) -> None:
    corpus(tmp_path, row("first"), line, row("last"))

    reading = read(tmp_path)

    assert [d.id for d in reading.documents] == ["first", "last"]
    (named,) = reading.problems
    assert named.where == f"{tmp_path / 'corpus.jsonl'}:2"
    assert named.problem.startswith(problem)


def test_a_broken_row_keeps_its_earlier_version_or_else_the_whole_file_does(
    tmp_path: Path,
) -> None:
    corpus(tmp_path, row("a"), '{"_id": "known", "text": ', "garbage")

    reading = read(tmp_path)

    assert reading.skipped_ids == ("known",)
    assert reading.skipped_sources == ((tmp_path / "corpus.jsonl").as_posix(),)


def test_empty_texts_are_one_counted_warning(tmp_path: Path) -> None:
    corpus(tmp_path, row("a", ""), row("b"), row("c", " \n"), {"_id": "d", "text": None})

    reading = read(tmp_path)

    assert [(d.id, d.text) for d in reading.documents] == [
        ("a", ""),
        ("b", "Text."),
        ("c", ""),
        ("d", ""),
    ]
    (warning,) = reading.problems
    assert (warning.severity, warning.problem) == ("warning", "3 rows have an empty text")


def test_metadata_that_is_not_meant_for_us_is_kept_and_warned_of_once(tmp_path: Path) -> None:
    corpus(tmp_path, row("a", effective="spring"), row("b", effective="spring"))

    reading = read(tmp_path)

    assert [d.metadata["effective"] for d in reading.documents] == ["spring", "spring"]
    assert [d.effective for d in reading.documents] == [None, None]
    (warning,) = reading.problems
    assert warning.severity == "warning"
    assert warning.problem.startswith("2 rows have a metadata value we do not use: effective")


def test_blank_lines_and_a_byte_order_mark_are_no_rows(tmp_path: Path) -> None:
    data = (
        b"\xef\xbb\xbf"
        + json.dumps(row("a")).encode()
        + b"\r\n\r\n"
        + json.dumps(row("b")).encode()
    )
    (tmp_path / "corpus.jsonl").write_bytes(data)

    reading = read(tmp_path)

    assert [d.id for d in reading.documents] == ["a", "b"]
    assert reading.problems == ()


def test_a_corpus_without_one_good_row_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadKnowledgeBase, match="not JSON"):
        read(corpus(tmp_path, "garbage"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(JSON | st.fixed_dictionaries({"_id": st.text(), "text": st.text()}), max_size=5))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_lines_give_documents_or_named_problems(
    tmp_path: Path, rows: list[object]
) -> None:
    corpus(tmp_path, row("anchor"), *map(json.dumps, rows))

    reading = read(tmp_path)

    errors = [p for p in reading.problems if p.severity == "error"]
    assert len(reading.documents) + len(errors) == 1 + len(rows)
    assert len({d.id for d in reading.documents}) == len(reading.documents)
