"""An embedder that remembers gives what the embedder gives, and asks it once."""

import threading
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assist.ports import Vectors
from assist.service.remembering import Remembering, similarity_by
from tests.fake_embedder import ToyEmbedder


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


def test_what_was_learned_elsewhere_is_not_asked_for() -> None:
    counting = Counting()
    remembering = Remembering(counting)

    remembering.learn(["a hub"], ToyEmbedder().embed(["a hub"]))

    assert remembering.unknown(["a hub", "a plug", "a plug"]) == ["a plug"]
    assert np.array_equal(remembering.embed(["a hub"]), ToyEmbedder().embed(["a hub"]))
    assert counting.asked == []
