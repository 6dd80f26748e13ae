import json
from pathlib import Path

import pytest

from assist.errors import BadInput
from assist.retrieval.run_file import read_queries, run_lines
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


def test_a_file_without_queries_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "queries.jsonl"
    file.write_text("\n\n")
    with pytest.raises(BadInput, match="no queries"):
        read_queries(file)


def test_a_run_ranks_each_querys_documents_and_skips_a_query_without_text() -> None:
    hits = (a_hit("x", 0.75, document_id="doc one"), a_hit("x", 0.5, document_id="doc2"))
    lines = list(run_lines([("q 1", "lock"), ("q2", "  ")], lambda _: hits))
    assert lines == ["q_1 Q0 doc_one 1 0.750000 assist", "q_1 Q0 doc2 2 0.500000 assist"]
