"""The contract of `VectorIndex`: every index passes it, the fake too."""

import numpy as np
import pytest

from assist.domain.knowledge import Passage
from assist.errors import StoreUnavailable
from assist.ports import VectorIndex
from tests.builders import a_passage
from tests.fake_embedder import ToyEmbedder

EMBEDDER = ToyEmbedder()
HUB = a_passage("hold the button of the hub", document_id="hub")
PLUG = a_passage("the plug gets warm", document_id="plug")
RULE = a_passage("hold the refund", document_id="rule", kind="policy")


def quiet(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def build(index: VectorIndex, generation: str, *passages: Passage) -> None:
    texts = [passage.text for passage in passages]
    index.build(generation, passages, EMBEDDER.embed(texts), quiet)


def vector(text: str):
    return EMBEDDER.embed([text])[0]


class VectorIndexContract:
    """Subclasses give the fixture `index`: an empty one."""

    def test_the_nearest_passage_comes_first_with_its_cosine(self, index):
        build(index, "g1", PLUG, HUB)
        hits = index.nearest("g1", "kb", vector(HUB.text), 2)
        assert [passage_id for passage_id, _ in hits] == [HUB.id, PLUG.id]
        cosine = float(vector(HUB.text) @ vector(PLUG.text))
        assert [score for _, score in hits] == pytest.approx([1.0, cosine], abs=1e-5)

    def test_each_kind_is_a_pool_of_its_own(self, index):
        build(index, "g1", HUB, RULE, PLUG)
        near = vector("hold the refund")
        assert [hit[0] for hit in index.nearest("g1", "policy", near, 9)] == [RULE.id]
        assert RULE.id not in dict(index.nearest("g1", "kb", near, 9))

    def test_a_kind_that_nothing_has_is_empty(self, index):
        build(index, "g1", HUB)
        assert index.nearest("g1", "precedent", vector("hub"), 5) == []

    @pytest.mark.parametrize(("limit", "found"), [(0, 0), (1, 1), (2, 2), (10**9, 2)])
    def test_no_more_come_than_asked_for_or_are_there(self, index, limit, found):
        build(index, "g1", HUB, PLUG)
        assert len(index.nearest("g1", "kb", vector("hub"), limit)) == found

    def test_equal_passages_come_in_order_of_id(self, index):
        twins = [a_passage("same text", document_id=name) for name in ("b", "c", "a")]
        build(index, "g1", *twins)
        hits = index.nearest("g1", "kb", vector("same text"), 3)
        assert [passage_id for passage_id, _ in hits] == ["a#1", "b#1", "c#1"]

    def test_vectors_read_back_as_they_were_given_and_unknown_ids_are_left_out(self, index):
        build(index, "g1", HUB, PLUG, RULE)
        found = index.vectors("g1", [RULE.id, "nothing#1", HUB.id])
        assert found.keys() == {RULE.id, HUB.id}
        assert found[HUB.id].dtype == np.float32
        np.testing.assert_array_equal(found[HUB.id], vector(HUB.text))
        np.testing.assert_array_equal(found[RULE.id], vector(RULE.text))

    def test_generations_do_not_mix(self, index):
        build(index, "default/toy/structure-1/1", HUB)
        build(index, "default/toy/structure-1/2", PLUG)
        near = vector(HUB.text)
        assert [h[0] for h in index.nearest("default/toy/structure-1/1", "kb", near, 5)] == [HUB.id]
        assert [h[0] for h in index.nearest("default/toy/structure-1/2", "kb", near, 5)] == [
            PLUG.id
        ]

    def test_building_a_generation_again_replaces_it(self, index):
        build(index, "g1", HUB)
        assert [hit[0] for hit in index.nearest("g1", "kb", vector("hub"), 5)] == [HUB.id]
        build(index, "g1", PLUG)
        assert [hit[0] for hit in index.nearest("g1", "kb", vector("hub"), 5)] == [PLUG.id]

    def test_an_empty_generation_is_complete(self, index):
        build(index, "g1")
        assert index.has("g1")
        assert index.nearest("g1", "kb", vector("hub"), 5) == []

    def test_dropping_keeps_what_is_named_and_no_other(self, index):
        for generation in ("g1", "g2", "g3"):
            build(index, generation, HUB)
        index.drop(["g2"])
        assert [index.has(generation) for generation in ("g1", "g2", "g3")] == [False, True, False]
        assert index.nearest("g2", "kb", vector(HUB.text), 1)[0][0] == HUB.id

    def test_what_was_never_built_is_unavailable_and_not_empty(self, index):
        assert not index.has("g1")
        with pytest.raises(StoreUnavailable):
            index.nearest("g1", "kb", vector("hub"), 5)
        with pytest.raises(StoreUnavailable):
            index.vectors("g1", [HUB.id])

    def test_progress_ends_at_the_number_of_passages(self, index):
        seen = []
        vectors = EMBEDDER.embed([HUB.text, RULE.text])
        index.build("g1", [HUB, RULE], vectors, lambda *step: seen.append(step))
        assert seen[-1] == ("vectors", 2, 2)
        assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
