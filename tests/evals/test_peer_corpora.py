"""What peers are given: passages as we cut them, and corpora of any size to measure speed on."""

import json
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.errors import BadInput
from evals.bench.peers.corpora import distinct_queries, made, sized, write_corpus
from evals.bench.peers.passages import Text, cut_corpus, read_passages, write_passages
from tests.fake_embedder import ToyEmbedder

PASSAGES = (
    Text("refund#1", "refund", "refunds take five days"),
    Text("refund#2", "refund", "a refund goes to your card"),
    Text("card#1", "card", "your card was declined"),
)
QUERIES = {"q1": "your card", "q2": "five days", "q 3": "nothing of it", "q4": " "}


def queries_file(folder: Path) -> Path:
    rows = [json.dumps({"_id": name, "text": text}) for name, text in QUERIES.items()]
    file = folder / "queries.jsonl"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def a_corpus(folder: Path, *texts: str) -> Path:
    rows = [json.dumps({"_id": f"d{n}", "title": "Help", "text": t}) for n, t in enumerate(texts)]
    folder.mkdir(exist_ok=True)
    (folder / "corpus.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return folder


def cut(corpus: Path) -> list[Text]:
    return list(cut_corpus(corpus, ToyEmbedder().pieces, ToyEmbedder.max_pieces))


def test_peers_are_given_the_passages_that_we_cut_with_their_titles(tmp_path: Path) -> None:
    found = cut(a_corpus(tmp_path / "beir", "Refunds take five days.", "", "Cards expire."))
    assert [(p.document_id, p.text) for p in found] == [
        ("d0", "Help\nRefunds take five days."),
        ("d2", "Help\nCards expire."),
    ]


@given(st.lists(st.text(min_size=1).filter(lambda t: t.isprintable()), min_size=1, max_size=5))
def test_passages_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    file = tmp_path_factory.mktemp("passages") / "passages.jsonl"
    passages = [Text(f"d#{n}", "d", text + "\u2028\n") for n, text in enumerate(texts)]
    assert write_passages(passages, file) == len(texts)
    assert read_passages(file) == passages


def test_a_corpus_without_text_leaves_no_passages_behind(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no passages"):
        write_passages([], tmp_path / "passages.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_broken_line_of_passages_is_named(tmp_path: Path) -> None:
    file = tmp_path / "passages.jsonl"
    file.write_text('{"id": "a", "document_id": "a", "text": "t"}\n{"id": "b"}\n', encoding="utf-8")
    with pytest.raises(BadInput, match="document_id") as caught:
        read_passages(file)
    assert caught.value.where == f"{file}:2"


def test_a_larger_corpus_begins_with_the_smaller_one_and_made_passages_hold_real_sentences(
    tmp_path: Path,
) -> None:
    real = cut(a_corpus(tmp_path / "beir", "One two. Three four five.", "Six. Seven eight."))
    small, large = list(sized(real, 1, ToyEmbedder())), list(sized(real, 40, ToyEmbedder()))
    assert large[:1] == small
    assert sorted(large[:2]) == sorted(real)
    assert len({p.id for p in large}) == 40
    words = {word for p in real for word in p.text.split()}
    assert {word for p in large[2:] for word in p.text.split()} <= words


@given(st.lists(st.text("abc .", min_size=1, max_size=80), min_size=1, max_size=6))
def test_a_made_passage_is_not_longer_than_the_longest_real_one(texts: list[str]) -> None:
    toy = ToyEmbedder()
    real = [Text(f"{n}", "d", f"word {text}") for n, text in enumerate(texts)]
    longest = max(len(toy.pieces(p.text)) for p in real)
    assert all(len(toy.pieces(p.text)) <= longest for p in islice(made(real, toy), 20))


def test_queries_are_distinct_and_the_same_each_time(tmp_path: Path) -> None:
    file = queries_file(tmp_path)
    found = distinct_queries([file, file], 2)
    assert found == distinct_queries([file], 2)
    assert len(set(found.values())) == 2
    assert len(distinct_queries([file], 99)) == 3


def test_a_speed_corpus_is_the_same_for_peers_and_for_us(tmp_path: Path) -> None:
    write_corpus(tmp_path, PASSAGES, QUERIES)
    ours = [(p.document_id, p.text) for p in cut(tmp_path)]
    assert (
        ours
        == [(p.id, p.text) for p in PASSAGES]
        == [(p.id, p.text) for p in read_passages(tmp_path / "passages.jsonl")]
    )
