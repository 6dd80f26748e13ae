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


def rows_near(index: VectorIndex, generation: str, text: str, limit: int, *within) -> list[int]:
    return index.nearest(generation, vector(text), limit, within).rows.tolist()


class VectorIndexContract:
    """Subclasses give the fixture `index`: an empty one."""

    def test_the_nearest_row_comes_first_with_its_cosine(self, index):
        build(index, "g1", PLUG, HUB)
        rows, scores = index.nearest("g1", vector(HUB.text), 2, ((0, 2),))
        assert rows.tolist() == [1, 0]
        cosine = float(vector(HUB.text) @ vector(PLUG.text))
        assert scores.tolist() == pytest.approx([1.0, cosine], abs=1e-5)

    def test_rows_and_scores_have_the_types_of_the_port(self, index):
        build(index, "g1", HUB)
        for limit in (0, 1):
            rows, scores = index.nearest("g1", vector("hub"), limit, ((0, 1),))
            assert (rows.dtype, scores.dtype) == (np.int64, np.float32)

    def test_only_rows_within_the_runs_are_found(self, index):
        build(index, "g1", HUB, RULE, PLUG, HUB)
        assert sorted(rows_near(index, "g1", HUB.text, 9, (0, 1), (2, 3))) == [0, 2]
        assert rows_near(index, "g1", HUB.text, 9, (1, 3)) == [1, 2]
        assert rows_near(index, "g1", HUB.text, 9) == []

    @pytest.mark.parametrize(("limit", "found"), [(0, 0), (1, 1), (2, 2), (10**9, 2)])
    def test_no_more_come_than_asked_for_or_are_there(self, index, limit, found):
        build(index, "g1", HUB, PLUG)
        assert len(rows_near(index, "g1", "hub", limit, (0, 2))) == found

    def test_equal_passages_come_in_order_of_row(self, index):
        build(index, "g1", *[a_passage("same text", id=f"p{n}") for n in range(40)])
        assert rows_near(index, "g1", "same text", 30, (0, 40)) == list(range(30))
        assert rows_near(index, "g1", "same text", 3, (5, 7), (11, 40)) == [5, 6, 11]

    def test_one_row_is_found(self, index):
        build(index, "g1", HUB)
        assert rows_near(index, "g1", PLUG.text, 5, (0, 1)) == [0]

    def test_vectors_read_back_as_they_were_given_in_the_order_asked(self, index):
        build(index, "g1", HUB, PLUG, RULE)
        found = index.vectors("g1", [2, 0, 2])
        assert found.dtype == np.float32
        np.testing.assert_array_equal(found, EMBEDDER.embed([RULE.text, HUB.text, RULE.text]))
        assert index.vectors("g1", np.array([], dtype=np.int64)).shape == (0, EMBEDDER.dimension)

    def test_a_row_that_is_not_there_is_unavailable(self, index):
        build(index, "g1", HUB, PLUG)
        with pytest.raises(StoreUnavailable):
            index.vectors("g1", [2])
        with pytest.raises(StoreUnavailable):
            index.nearest("g1", vector("hub"), 1, ((1, 3),))
        with pytest.raises(StoreUnavailable):
            index.unfindable("g1", [-1], quiet)

    def test_a_vector_of_another_length_is_unavailable_with_the_cure(self, index):
        build(index, "g1", HUB)
        with pytest.raises(StoreUnavailable) as refused:
            index.nearest("g1", np.ones(3, dtype=np.float32), 1, ((0, 1),))
        assert "ingest again" in refused.value.cure

    def test_generations_do_not_mix(self, index):
        build(index, "default/toy/structure-1/1", HUB)
        build(index, "default/toy/structure-1/2", PLUG, RULE)
        np.testing.assert_array_equal(
            index.vectors("default/toy/structure-1/1", [0]), EMBEDDER.embed([HUB.text])
        )
        assert rows_near(index, "default/toy/structure-1/2", RULE.text, 1, (0, 2)) == [1]

    def test_building_a_generation_again_replaces_it(self, index):
        build(index, "g1", HUB, PLUG)
        assert rows_near(index, "g1", PLUG.text, 1, (0, 2)) == [1]
        build(index, "g1", PLUG, HUB)
        assert rows_near(index, "g1", PLUG.text, 1, (0, 2)) == [0]

    def test_an_empty_generation_is_complete_and_sound(self, index):
        build(index, "g1")
        assert index.has("g1")
        assert rows_near(index, "g1", "hub", 5) == []
        assert index.unfindable("g1", [], quiet) == []
        assert index.faults("g1") == ()

    def test_dropping_keeps_what_is_named_and_no_other(self, index):
        for generation in ("g1", "g2", "g3"):
            build(index, generation, HUB)
        index.drop(["g2"])
        assert [index.has(generation) for generation in ("g1", "g2", "g3")] == [False, True, False]
        assert rows_near(index, "g2", HUB.text, 1, (0, 1)) == [0]

    def test_what_was_never_built_is_unavailable_and_not_empty(self, index):
        assert not index.has("g1")
        assert index.faults("g1") != ()
        with pytest.raises(StoreUnavailable):
            index.nearest("g1", vector("hub"), 5, ((0, 1),))
        with pytest.raises(StoreUnavailable):
            index.vectors("g1", [0])
        with pytest.raises(StoreUnavailable):
            index.unfindable("g1", [0], quiet)

    def test_every_row_is_found_by_its_own_vector_twins_too(self, index):
        build(index, "g1", HUB, RULE, HUB, PLUG, *[PLUG] * 30)
        assert index.unfindable("g1", range(34), quiet) == []
        assert index.faults("g1") == ()

    def test_progress_ends_at_the_number_of_passages(self, index):
        seen = []
        vectors = EMBEDDER.embed([HUB.text, RULE.text])
        index.build("g1", [HUB, RULE], vectors, lambda *step: seen.append(step))
        written = [done for stage, done, total in seen if (stage, total) == ("vectors", 2)]
        assert written[-1] == 2
        assert written == sorted(written)
        index.unfindable("g1", [0, 1], lambda *step: seen.append(step))
        assert seen[-1] == ("checking vectors", 2, 2)
