"""The contract of `PartIndex`: every index passes it, the fake too."""

import numpy as np
import pytest

from assist.errors import StoreUnavailable

EAST, NORTH, NOTHING = (127, 0), (0, 127), (0, 0)


def build(index, generation, *passages):
    index.build(generation, np.array(passages, dtype=np.int8).reshape(-1, 2, 2))


def vector(*numbers):
    return np.array(numbers, dtype=np.float32)


class PartIndexContract:
    """Subclasses give the fixture `index`: an empty one."""

    def test_each_part_has_its_cosine_and_one_that_is_not_there_minus_one(self, index):
        build(index, "g1", (EAST, NORTH), (EAST, NOTHING))

        found = index.cosines("g1", np.array([1, 0]), vector(0.6, 0.8))

        assert found.tolist() == pytest.approx(np.array([[0.6, -1.0], [0.6, 0.8]]), abs=1e-6)

    def test_the_length_of_what_is_stored_does_not_matter(self, index):
        build(index, "g1", ((3, 4), (90, 120)))

        assert index.cosines("g1", np.array([0]), vector(0, 1)) == pytest.approx(0.8, abs=1e-6)

    def test_what_was_stored_comes_back_in_the_order_asked_for(self, index):
        build(index, "g1", (EAST, NOTHING), (NORTH, EAST), (NORTH, NORTH))

        assert index.parts("g1", [2, 0]).tolist() == [[[0, 127]] * 2, [[127, 0], [0, 0]]]

    def test_no_rows_are_asked_and_none_are_there(self, index):
        build(index, "g1")

        assert index.cosines("g1", np.array([], dtype=np.int64), vector(1, 0)).shape == (0, 2)
        assert index.faults("g1") == ()

    def test_a_generation_is_there_once_built_and_gone_once_dropped(self, index):
        build(index, "g1", (EAST, EAST))
        build(index, "g2", (NORTH, NORTH))
        index.drop(["g2"])

        assert (index.has("g1"), index.has("g2"), index.has("g3")) == (False, True, False)
        with pytest.raises(StoreUnavailable):
            index.parts("g1", [0])
        assert len(index.faults("g1")) == 1

    def test_building_again_replaces(self, index):
        build(index, "g1", (EAST, EAST))
        build(index, "g1", (NORTH, NORTH), (EAST, EAST))

        assert index.parts("g1", [0, 1]).tolist() == [[[0, 127]] * 2, [[127, 0]] * 2]
