import json
from pathlib import Path

import pytest

from assist.errors import BadInput
from assist.retrieval.run_file import check_writable, read_queries, run_lines
from tests.builders import a_hit


def test_queries_are_read_in_order_with_their_ids_as_text(tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text('{"_id": 7, "text": "lock"}\n\n{"id": "b", "text": "hub", "metadata": {}}\n')
    assert read_queries(file) == (("7", "lock"), ("b", "hub"))


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085"])
def test_only_a_line_feed_ends_a_query(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "queries.jsonl"
    rows = [{"_id": "a", "text": f"one{mark}two"}, {"_id": "b", "text": "three"}]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(lines), encoding="utf-8", newline="\r\n")
    assert read_queries(file) == (("a", f"one{mark}two"), ("b", "three"))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"_id": "a", "text": ', "not JSON"),
        ('{"text": "no id"}', "needs `_id` and `text`"),
        ('{"_id": "a", "text": 3}', "needs `_id` and `text`"),
        ('["a", "b"]', "needs `_id` and `text`"),
        ("[" * 100_000, "not JSON: maximum recursion depth"),
        ('{"_id": "a", "text": ' + "9" * 5_000 + "}", "not JSON: Exceeds the limit"),
    ],
    ids=range(6),
)
def test_a_bad_line_is_named_with_its_number(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text(f'{{"_id": "1", "text": "x"}}\n{line}\n')
    with pytest.raises(BadInput, match=problem) as caught:
        read_queries(file)
    assert caught.value.where == f"{file}:2"
    assert caught.value.cure


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        ("a 1", "query 'a 1' is given twice, first in line 1"),
        ("a_1", r"ids 'a 1' \(line 1\) and 'a_1' are one in a TREC run"),
        (" a  1 ", "are one in a TREC run"),
    ],
)
def test_queries_that_a_run_cannot_tell_apart_are_refused_with_their_lines(
    tmp_path: Path, other: str, problem: str
) -> None:
    file = tmp_path / "queries.jsonl"
    rows = [{"_id": query_id, "text": "lock"} for query_id in ("a 1", "b", other)]
    file.write_text("\n".join(json.dumps(row) for row in rows))
    with pytest.raises(BadInput, match=problem) as caught:
        read_queries(file)
    assert (caught.value.where, caught.value.cure) == (
        f"{file}:3",
        "give each query an id of its own",
    )


@pytest.mark.parametrize(
    ("content", "problem"), [(None, "there is no such file"), (b"\xff", "byte 0 is not UTF-8")]
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, content: bytes | None, problem: str
) -> None:
    file = tmp_path / "queries.jsonl"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read_queries(file)
    assert (caught.value.problem, caught.value.where) == (problem, str(file))


def test_to_look_whether_a_run_can_be_written_changes_nothing(tmp_path: Path) -> None:
    old = tmp_path / "old.trec"
    old.write_text("q Q0 d 1 0.5 assist\n")
    check_writable(old)
    check_writable(tmp_path / "new.trec")
    assert [file.name for file in tmp_path.iterdir()] == ["old.trec"]
    assert old.read_text() == "q Q0 d 1 0.5 assist\n"


@pytest.mark.parametrize("place", [".", "missing/out.trec", "file/out.trec"])
def test_a_place_where_no_run_can_be_written_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="cannot be written") as caught:
        check_writable(tmp_path / place)
    assert caught.value.where == str(tmp_path / place)


def test_a_file_without_queries_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text("\n\n")
    with pytest.raises(BadInput, match="no queries"):
        read_queries(file)


def test_a_run_ranks_each_querys_documents_and_skips_a_query_without_text() -> None:
    hits = (a_hit("x", 0.75, document_id="doc one"), a_hit("x", 0.5, document_id="doc2"))
    lines = list(run_lines([("q 1", "lock"), ("q2", "  ")], lambda _: hits))
    assert lines == ["q_1 Q0 doc_one 1 0.750000 assist", "q_1 Q0 doc2 2 0.500000 assist"]
