"""BEIR folders and TREC runs: what is read, and what is refused with its line and cure."""

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.errors import BadInput
from evals.retrieval.beir import read_judgments, read_set
from evals.retrieval.measuring import compare_files
from evals.retrieval.trec import parse_run, read_run
from tests.evals.beir_folders import write_folder, write_judgments


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "roofs")


def test_a_folder_is_read_with_the_ids_that_a_run_names(folder: Path) -> None:
    one = read_set(folder)
    assert one.name == "roofs"
    assert list(one.queries) == ["q_roof", "q_gutter", "q_silent", "q_nobody"]
    assert one.judgments["q_gutter"] == {"gutter_clean": 1}
    assert one.kinds["gutter_clean"] == "kb"
    assert one.kinds["warranty"] == "policy"
    assert one.unknown == ()


def test_other_queries_and_judgments_can_be_given(folder: Path, tmp_path: Path) -> None:
    queries = tmp_path / "other.jsonl"
    queries.write_text(json.dumps({"_id": "z", "text": "Is my tile cracked?"}), encoding="utf-8")
    (tmp_path / "qrels").mkdir()
    qrels = write_judgments(tmp_path, ("z", "roof", 3), ("z", "gone", 1), ("z", "away", 0))
    one = read_set(folder, queries, qrels)
    assert (one.queries, one.queries_file) == ({"z": "Is my tile cracked?"}, queries)
    assert one.judgments == {"z": {"roof": 3, "gone": 1, "away": 0}}
    assert one.unknown == ("gone",)


def test_a_folder_without_a_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"has no corpus\.jsonl") as caught:
        read_set(tmp_path)
    assert caught.value.where == str(tmp_path)
    assert "qrels/test.tsv" in caught.value.cure


@pytest.mark.parametrize("file", ["queries.jsonl", "qrels/test.tsv"])
def test_a_file_that_is_missing_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(BadInput, match="there is no such file") as caught:
        read_set(folder)
    assert caught.value.where == str(folder / file)


def test_judgments_of_unknown_queries_are_refused(folder: Path) -> None:
    file = write_judgments(folder, ("q roof", "roof", 1), ("z1", "roof", 1), ("z2", "roof", 1))
    with pytest.raises(BadInput, match=r"judges 2 queries that .*queries\.jsonl lacks.*'z1'") as e:
        read_set(folder)
    assert e.value.where == str(file)
    assert "--queries" in e.value.cure


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("q1\td1\n", "needs 3 columns separated by tabs, has 2"),
        ("q1 d1 1\n", "needs 3 columns separated by tabs, has 1"),
        ("q1\t\t1\n", "needs 3 columns"),
        ("q1\td1\thigh\n", "'high' is no whole number"),
        ("q0\td0\t2\n", "judged otherwise above"),
    ],
    ids=range(5),
)
def test_a_judgment_that_is_wrong_is_named_with_its_line(
    tmp_path: Path, row: str, problem: str
) -> None:
    file = tmp_path / "test.tsv"
    file.write_text("query-id\tcorpus-id\tscore\nq0\td0\t1\n\n" + row, encoding="utf-8")
    with pytest.raises(BadInput, match=problem) as caught:
        read_judgments(file)
    assert caught.value.where == f"{file}:4"
    assert caught.value.cure


def test_judgments_may_come_without_header_and_twice_the_same(tmp_path: Path) -> None:
    file = tmp_path / "test.tsv"
    file.write_text("q 1\td1\t2\r\nq 1\td1\t2\r\n", encoding="utf-8", newline="")
    assert read_judgments(file) == {"q_1": {"d1": 2}}


def test_a_file_of_no_judgments_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "test.tsv"
    file.write_text("query-id\tcorpus-id\tscore\n", encoding="utf-8")
    with pytest.raises(BadInput, match="no judgments"):
        read_judgments(file)


def test_ids_that_a_run_cannot_tell_apart_are_refused(folder: Path) -> None:
    with (folder / "corpus.jsonl").open("a", encoding="utf-8") as corpus:
        corpus.write('{"_id": "gutter_clean", "text": "Another."}\n')
    with pytest.raises(BadInput, match="'gutter clean' and 'gutter_clean' are one in a TREC run"):
        read_set(folder)


def test_a_query_given_twice_is_refused(folder: Path) -> None:
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as queries:
        queries.write('{"_id": "q roof", "text": "Again?"}\n')
    with pytest.raises(BadInput, match="query 'q roof' is given twice, first in line 1") as caught:
        read_set(folder)
    assert caught.value.where == f"{folder / 'queries.jsonl'}:6"


def test_a_run_is_ordered_by_score_and_by_rank_where_scores_are_equal() -> None:
    lines = ["q Q0 a 3 0.5 x", "q Q0 b 2 0.5 x", "", "q Q0 c 9 0.75 x", "r Q0 a 1 -2e-3 x"]
    assert parse_run(lines, "run") == {"q": ("c", "b", "a"), "r": ("a",)}


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50), st.randoms())
def test_the_order_of_a_runs_lines_does_not_matter(scores: list[float], shuffling: Random) -> None:
    falling = sorted(scores, reverse=True)
    lines = [f"q Q0 d{n} {n} {score:.6f} x" for n, score in enumerate(falling)]
    shuffling.shuffle(lines)
    assert parse_run(lines, "run")["q"] == tuple(f"d{n}" for n in range(len(scores)))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("q Q0 b 2 0.5", "needs 6 columns, has 5"),
        ("q Q0 two words 2 0.5 x", "needs 6 columns, has 7"),
        ("q Q0 b second 0.5 x", "'second'"),
        ("q Q0 b 2 high x", "'high' is no number"),
        ("q Q0 b 2 nan x", "ranks nothing"),
        ("q Q0 b 2 inf x", "ranks nothing"),
        ("q Q0 a 2 0.5 x", "document 'a' is ranked twice"),
    ],
    ids=range(7),
)
def test_a_broken_line_of_a_run_is_named(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "run.trec"
    file.write_text(f"q Q0 a 1 0.75 x\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=problem) as caught:
        read_run(file)
    assert caught.value.where == f"{file}:2"
    assert caught.value.cure


@pytest.mark.parametrize(("content", "problem"), [(b"\n", "no lines"), (b"\xff\xfe", "be read")])
def test_a_file_that_is_no_run_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    file = tmp_path / "run.trec"
    file.write_bytes(content)
    with pytest.raises(BadInput, match=problem) as caught:
        read_run(file)
    assert caught.value.where == str(file)


def test_two_run_files_are_compared_over_all_judged_queries(folder: Path, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.trec", tmp_path / "theirs.trec"
    ours.write_text("q_roof Q0 roof 1 2 a\nq_gutter Q0 gutter_clean 1 2 a\n", encoding="utf-8")
    theirs.write_text("q_roof Q0 chimney 1 2 b\nq_roof Q0 roof 2 1 b\n", encoding="utf-8")
    found, notes = compare_files(ours, theirs, folder / "qrels" / "test.tsv")
    assert (found.run, found.baseline, found.n) == (str(ours), str(theirs), 3)
    ranks = found.metrics["MRR@10"]
    assert (ranks.mean, ranks.better, ranks.equal, ranks.worse) == (0.5, 2, 1, 0)
    assert found.lost == ()
    assert [note.split(" ranks ")[0] for note in notes] == [str(ours), str(theirs)]
    assert "2 of 3 queries, which count as 0, first 'q_gutter'" in notes[1]


def test_a_run_over_other_queries_is_refused(folder: Path, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.trec", tmp_path / "theirs.trec"
    ours.write_text("q_roof Q0 roof 1 2 a\n", encoding="utf-8")
    theirs.write_text("other Q0 roof 1 2 a\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"none of the 4 judged queries.*'other'") as caught:
        compare_files(ours, theirs, folder / "qrels" / "test.tsv")
    assert caught.value.where == str(theirs)
