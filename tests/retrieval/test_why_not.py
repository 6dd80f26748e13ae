from typing import Any

import pytest

from assist.domain.knowledge import Passage, WhyNot
from assist.errors import BadInput, UnknownFilter
from assist.retrieval.search import DEPTH, MAX_TOP_K, Searcher
from assist.retrieval.why_not import SearchUnit, why_not
from tests.builders import a_passage
from tests.retrieval.test_search import a_searcher

QUERY = "the reset button of the hub"
SHELF = (
    a_passage("Hold the reset button for ten seconds.", document_id="reset"),
    a_passage(
        "The reset button of the hub is below.", document_id="reset", id="reset#2", position=1
    ),
    a_passage("Join the hub to your home network.", document_id="network"),
    a_passage("The hub has a red light.", document_id="light"),
    a_passage("In the UK the hub has a reset button.", document_id="uk", regions=("UK",)),
    a_passage("A refund needs the order number.", document_id="refund", kind="policy"),
    a_passage("A customer pressed the reset button.", document_id="old", kind="precedent"),
)


def ask(searcher: Searcher, document_id: str, **asked: Any) -> WhyNot:
    rows = searcher.catalogue.document_rows("g1", document_id)
    return why_not(searcher, QUERY, rows, **({"kind": None, "top_k": 2, "filters": {}} | asked))


def test_a_filter_that_keeps_it_out_is_named_with_what_the_passage_says() -> None:
    missed = ask(a_searcher(SHELF), "uk", filters={"region": "US", "language": "en"})

    assert missed.reason.startswith("the filter region=US keeps it out: it says kind kb;")
    assert "regions UK" in missed.reason
    assert (missed.rank, missed.score, missed.why) == (None, None, None)


def test_every_filter_that_keeps_it_out_is_named() -> None:
    filters = {"region": "US", "kind": "policy", "audience": "customer"}

    missed = ask(a_searcher(SHELF), "uk", filters=filters)

    assert missed.reason.startswith("the filter region=US and kind=policy keeps it out")


def test_a_pool_that_is_not_searched_is_named() -> None:
    missed = ask(a_searcher(SHELF), "old")

    assert missed.reason == "it is a precedent passage, and this looked at kb and policy alone"


@pytest.mark.parametrize("unit", ["passage", "document"])
def test_its_rank_and_score_are_those_of_a_longer_list(unit: SearchUnit) -> None:
    searcher = a_searcher(SHELF)
    find = searcher.find if unit == "passage" else searcher.documents
    hits = find(QUERY, kind=None, top_k=10, filters={})
    assert len(hits) == (6 if unit == "passage" else 5)

    for number, hit in enumerate(hits, start=1):
        row = searcher.catalogue.row("g1", hit.passage_id)
        assert row is not None
        rows = (
            (row,) if unit == "passage" else searcher.catalogue.document_rows("g1", hit.document_id)
        )
        told = why_not(searcher, QUERY, rows, kind=None, top_k=2, filters={}, unit=unit)

        assert (told.rank, told.passage_id, told.score) == (number, hit.passage_id, hit.score)
        assert told.why == hit.why
        if number <= 2:
            assert told.reason == f"it is returned, as number {number} of 2"
        else:
            assert told.reason.startswith(f"it is number {number}, and 2 were asked for: its score")
            assert (
                f"that of the last hit, {hits[1].passage_id}, {hits[1].score:.3f};" in told.reason
            )


def test_words_of_the_query_that_it_lacks_are_named() -> None:
    missed = ask(a_searcher(SHELF), "light")

    assert missed.reason.endswith("it holds 1 of the query's 3 terms and lacks button and reset")


def crowded() -> tuple[Passage, ...]:
    """A passage that neither retriever puts among its first `DEPTH`."""
    alike = [
        a_passage(f"Where is the blue door of house {number}?", document_id=f"d{number:03}")
        for number in range(DEPTH + 20)
    ]
    far = a_passage("Zebras graze far away on the plain.", document_id="zebra")
    return (*alike, far)


def test_what_no_retriever_found_has_a_rank_behind_the_hits() -> None:
    searcher = a_searcher(crowded())
    rows = searcher.catalogue.document_rows("g1", "zebra")

    missed = why_not(searcher, "where is the blue door", rows, kind="kb", top_k=5, filters={})

    assert missed.rank is not None
    assert missed.rank > DEPTH
    assert "it holds 0 of the query's" in missed.reason


@pytest.mark.parametrize("top_k", [0, MAX_TOP_K + 1])
def test_a_number_that_a_search_refuses_is_refused_here_too(top_k: int) -> None:
    with pytest.raises(BadInput):
        ask(a_searcher(SHELF), "reset", top_k=top_k)


def test_a_filter_that_there_is_not_is_refused_here_too() -> None:
    with pytest.raises(UnknownFilter):
        ask(a_searcher(SHELF), "reset", filters={"color": "red"})
