from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.knowledge import Hit, Kind, Passage
from assist.errors import BadInput, UnknownFilter
from assist.retrieval.parts import parts as parts_of
from assist.retrieval.rows import in_rows
from assist.retrieval.search import DEPTH, Searcher
from tests.builders import a_passage
from tests.fake_catalogue import InMemoryCatalogue
from tests.fake_embedder import ToyEmbedder
from tests.fake_parts import InMemoryParts
from tests.fake_vectors import ExactVectors
from tests.fake_words import NaiveLexical

SHELF = (
    a_passage("Hold the reset button for ten seconds.", document_id="reset"),
    a_passage("Join the hub to your home network.", document_id="network"),
    a_passage("Error E-217 means that the valve is stuck.", document_id="valve"),
    a_passage("A refund needs the order number.", document_id="refund", kind="policy"),
    a_passage("An earlier customer wanted a refund.", document_id="old", kind="precedent"),
    a_passage("In the UK the valve is covered.", document_id="uk", regions=("UK",)),
)


def a_searcher(passages: Sequence[Passage] = SHELF) -> Searcher:
    embedder, rows = ToyEmbedder(), in_rows(passages)
    catalogue, vectors, lexical = InMemoryCatalogue(), ExactVectors(), NaiveLexical()
    parts = InMemoryParts()
    read = embedder.embed_corpus([p.reading for p in rows], [parts_of(p) for p in rows], ignore)
    catalogue.build("g1", rows)
    vectors.build("g1", rows, read.vectors, lambda *_: None)
    parts.build("g1", read.parts)
    lexical.build("g1", rows)
    return Searcher(
        generation="g1",
        catalogue=catalogue,
        vectors=vectors,
        parts=parts,
        lexical=lexical,
        embedder=embedder,
    )


def ignore(_ready: int) -> None:
    """Nobody watches."""


def search(
    query: str, kind: Kind | None = None, top_k: int = 10, **filters: str
) -> tuple[Hit, ...]:
    return a_searcher().find(query, kind=kind, top_k=top_k, filters=filters)


def test_the_passage_that_answers_comes_first_and_scores_fall() -> None:
    hits = search("where is the reset button")

    assert hits[0].document_id == "reset"
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert all(0 <= h.score <= 1 for h in hits)


def test_without_a_kind_articles_and_policies_are_one_list_and_precedents_stay_out() -> None:
    assert {h.kind for h in search("refund", top_k=100)} == {"kb", "policy"}
    assert [h.document_id for h in search("refund", kind="precedent")] == ["old"]


def test_a_code_is_found_however_it_is_written() -> None:
    assert search("my screen says e217")[0].document_id == "valve"


def test_filters_are_hard_and_what_names_no_region_holds_in_all() -> None:
    us = {h.document_id for h in search("valve covered", region="US", top_k=100)}

    assert us == {"reset", "network", "valve", "refund"}
    assert search("valve covered", region="UK")[0].document_id == "uk"
    assert search("valve", document_id="nowhere") == ()


def test_a_hit_says_why_it_was_found() -> None:
    why = search("Does error E-217 mean the valve is stuck?")[0].why

    assert set(why.terms) == {"e217", "error", "mean", "stuck", "valv"}
    assert why.terms[-1] == "valv"  # in two passages; the rest in one
    assert (why.lexical_rank, why.dense_rank) == (1, 1)
    assert why.note.startswith(
        "meaning 0.39 (rank 1, cosine of its nearest part 0.78) + words 0.50"
    )
    assert why.note.endswith(
        "words weigh 0.50: their best match holds 100% of the query's rare words"
    )


def test_top_k_cuts_the_same_list() -> None:
    everything = search("the hub and the valve", top_k=1000)

    assert search("the hub and the valve", top_k=2) == everything[:2]
    assert len(everything) == 5


@pytest.mark.parametrize("top_k", [0, -1, 1001])
def test_top_k_out_of_bounds_is_bad_input(top_k: int) -> None:
    with pytest.raises(BadInput, match="hits were asked for"):
        search("valve", top_k=top_k)


@pytest.mark.parametrize("query", ["", "  \n"])
def test_an_empty_query_is_bad_input(query: str) -> None:
    with pytest.raises(BadInput, match="the query is empty"):
        search(query)


def test_an_unknown_filter_is_refused() -> None:
    with pytest.raises(UnknownFilter, match="there is no filter 'color'"):
        search("valve", color="red")


@pytest.mark.parametrize(
    "query",
    ["how do I do that", "🙂🙂🙂", "如何重置", "<br><br/>", "\x00", "a" * 5000, 'AND OR "('],
)
def test_odd_queries_give_a_ranked_list_and_never_fail(query: str) -> None:
    assert len(search(query, top_k=3)) == 3


def test_a_megabyte_is_searched_with_its_beginning_and_says_so() -> None:
    hits = search("the valve is stuck " * 60_000)

    assert hits[0].document_id == "valve"
    assert "characters were searched with" in hits[0].why.note


def test_a_filter_that_few_passages_pass_still_finds_them_all() -> None:
    many = [a_passage("The valve.", document_id=f"d{n}", regions=("US",)) for n in range(600)]
    rare = [a_passage(f"Nothing {n}.", document_id=f"r{n}", regions=("UK",)) for n in range(3)]

    hits = a_searcher([*many, *rare]).find("valve", kind="kb", top_k=3, filters={"region": "UK"})

    assert {h.document_id for h in hits} == {"r0", "r1", "r2"}


def test_documents_come_once_each_by_their_best_passage() -> None:
    long = [
        a_passage(f"The valve, part {n}.", id=f"long#{n}", document_id="long", position=n)
        for n in range(DEPTH + 50)
    ]
    searcher = a_searcher([*long, *SHELF])

    hits = searcher.documents("the valve part", kind="kb", top_k=4, filters={})

    assert hits[0].document_id == "long"
    assert len({h.document_id for h in hits}) == len(hits) == 4


def test_a_generation_without_passages_finds_nothing() -> None:
    assert a_searcher([]).find("valve", kind=None, top_k=5, filters={}) == ()


def test_a_passage_found_by_words_alone_still_gets_its_cosine() -> None:
    crowd = [
        a_passage("button " * (n % 5 + 1), document_id=f"c{n}", title="") for n in range(DEPTH + 20)
    ]
    odd = a_passage("valve " * 40 + "button", document_id="odd", title="")
    searcher = a_searcher([*crowd, odd])

    hit = next(
        h
        for h in searcher.find("button valve", kind="kb", top_k=DEPTH, filters={})
        if h.document_id == "odd"
    )

    query, text = searcher.embedder.embed(["button valve", odd.reading])
    assert hit.why.dense == pytest.approx(float(np.dot(query, text)))


@given(st.text(max_size=60).filter(lambda text: text.strip() != ""), st.integers(1, 20))
def test_any_query_gives_at_most_top_k_distinct_passages_in_order(query: str, top_k: int) -> None:
    hits = search(query, top_k=top_k)

    assert len({h.passage_id for h in hits}) == len(hits) <= top_k
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    assert all(h.passage_id in {p.id for p in SHELF} for h in hits)


def test_a_filter_by_kind_names_the_pool_to_search() -> None:
    hits = a_searcher().find("refund", kind=None, top_k=5, filters={"kind": "precedent"})

    assert [h.document_id for h in hits] == ["old"]


def test_a_hit_says_the_same_of_its_words_however_many_are_asked_for() -> None:
    crowd = [a_passage("valve " * 3, document_id=f"c{n:03}", title="") for n in range(DEPTH + 40)]
    near = a_passage("the button near the valve seat", document_id="near", title="")
    searcher = a_searcher([*crowd, near])

    few, many = (
        {
            h.document_id: h
            for h in searcher.find("button seat near", kind="kb", top_k=k, filters={})
        }
        for k in (5, DEPTH + 41)
    )

    assert few["near"].why.lexical == many["near"].why.lexical
    assert all(few[name].score == many[name].score for name in few)
