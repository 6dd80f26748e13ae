"""An embedder that remembers gives what the embedder gives, and asks it once."""

import threading
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.ports import Kept, Vectors
from assist.retrieval.one_byte import in_one_byte
from assist.service.remembering import Remembering, similarity_by
from tests.fake_embedder import ToyEmbedder
from tests.fake_statements import InMemoryStatements


class Counting(ToyEmbedder):
    """Counts how often each text is embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().embed(texts)


@given(st.lists(st.lists(st.sampled_from(["a hub", "a plug", "refund", ""]), max_size=6)))
def test_whatever_is_asked_in_whatever_order_the_vectors_are_the_embedders(
    calls: list[list[str]],
) -> None:
    remembering = Remembering(ToyEmbedder(), remembered=2)

    for texts in calls:
        assert np.array_equal(remembering.embed(texts), ToyEmbedder().embed(texts))


def test_a_text_that_comes_again_is_not_embedded_again() -> None:
    counting = Counting()
    remembering = Remembering(counting)

    remembering.embed(["a hub", "a hub", "a plug"])
    remembering.embed(["a plug", "a hub"])

    assert counting.asked == ["a hub", "a plug"]


def test_what_was_not_asked_for_longest_is_forgotten_first() -> None:
    counting = Counting()
    remembering = Remembering(counting, remembered=2)

    for text in ("one", "two", "one", "three", "one", "two"):
        remembering.embed([text])

    assert counting.asked == ["one", "two", "three", "two"]


def test_of_two_threads_that_ask_for_the_same_text_only_one_embeds_it() -> None:
    counting = Counting()
    remembering = Remembering(counting)
    threads = [threading.Thread(target=remembering.embed, args=(["a hub"],)) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counting.asked == ["a hub"]


def test_similarity_is_one_cosine_per_text() -> None:
    near = similarity_by(ToyEmbedder())("reset the hub", ["reset the hub", "a refund", "reset it"])

    assert len(near) == 3
    assert near[0] == max(near)
    assert similarity_by(ToyEmbedder())("anything", []) == []


def kept_in(index: InMemoryStatements) -> Callable[[Sequence[str]], Kept]:
    return lambda texts: index.read("g1", texts)


def test_statements_that_are_kept_are_not_embedded_and_compared_as_those_that_are_not() -> None:
    texts, index, counting = ["a hub", "a plug", "a refund"], InMemoryStatements(), Counting()
    index.build("g1", texts[:2], ToyEmbedder.dimension)
    before = similarity_by(ToyEmbedder(), kept_in(index))("reset the hub", texts)

    index.keep("g1", texts[:1], in_one_byte(ToyEmbedder().embed(texts[:1])))

    assert similarity_by(counting, kept_in(index))("reset the hub", texts) == before
    assert counting.asked == ["a plug", "a refund", "reset the hub"]


def test_what_is_no_statement_is_compared_as_exactly_as_it_is_embedded() -> None:
    index = InMemoryStatements()
    index.build("g1", ["a hub"], ToyEmbedder.dimension)
    texts = ["a hub", "a refund for the hub", "reset"]

    rounded = similarity_by(ToyEmbedder(), kept_in(index))("reset the hub", texts)

    exact = similarity_by(ToyEmbedder())("reset the hub", texts)
    assert rounded == pytest.approx(exact, abs=0.01)
    assert rounded[1:] == pytest.approx(exact[1:], abs=1e-6)
    assert similarity_by(ToyEmbedder(), kept_in(index))("anything", []) == []
