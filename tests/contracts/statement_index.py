"""The contract of `StatementIndex`: every index passes it, the fake too."""

import numpy as np
import pytest

from assist.errors import StoreUnavailable

HUB, PLUG, LOCK = "Hub: Press the button.", "Plug: Pull the plug.", "Lock: Turn the key."
EAST, NORTH = (127, 0), (0, 127)


def numbers(*vectors):
    return np.array(vectors, dtype=np.int8).reshape(-1, 2)


def read(index, generation, *texts):
    """What is kept, vector by vector; none for one that is not there."""
    kept = index.read(generation, texts)
    assert not kept.vectors[~kept.there].any()
    found = zip(kept.vectors.tolist(), kept.there.tolist(), strict=True)
    return [tuple(vector) if there else None for vector, there in found]


class StatementIndexContract:
    """Subclasses give the fixture `index`: an empty one."""

    def test_it_is_built_without_vectors_and_each_is_there_once_it_is_kept(self, index):
        index.build("g1", [HUB, PLUG], 2)
        assert (index.count("g1"), index.unread("g1")) == (2, 2)
        assert read(index, "g1", HUB, PLUG) == [None, None]

        index.keep("g1", [PLUG], numbers(NORTH))

        assert read(index, "g1", HUB, PLUG, PLUG) == [None, NORTH, NORTH]
        assert index.unread("g1") == 1
        assert index.missing("g1", [PLUG, HUB, HUB, LOCK]) == [HUB]

    def test_a_text_without_a_place_is_told_from_one_that_is_not_read_yet(self, index):
        index.build("g1", [HUB], 2)
        index.keep("g1", [LOCK], numbers(EAST))

        kept = index.read("g1", [HUB, LOCK])

        assert (kept.there.tolist(), kept.placed.tolist()) == ([False, False], [True, False])
        assert index.without_place("g1", [HUB, LOCK]) == [LOCK]

    def test_what_another_generation_keeps_of_the_same_texts_is_lent(self, index):
        index.build("g1", [HUB, PLUG], 2)
        index.keep("g1", [HUB], numbers(EAST))

        index.build("g2", [HUB, PLUG, LOCK], 2, "g1")

        assert read(index, "g2", HUB, PLUG, LOCK) == [EAST, None, None]
        index.drop(["g2"])
        assert read(index, "g2", HUB) == [EAST]

    def test_one_that_is_gone_or_of_other_numbers_lends_nothing(self, index):
        index.build("g1", [HUB], 2)
        index.keep("g1", [HUB], numbers(EAST))

        for generation, dimension, lender in (("g2", 2, "g0"), ("g3", 3, "g1"), ("g4", 2, "")):
            index.build(generation, [HUB], dimension, lender)
            assert index.unread(generation) == 1

    def test_a_generation_can_be_built_again_with_what_it_kept(self, index):
        index.build("g1", [HUB, PLUG], 2)
        index.keep("g1", [HUB], numbers(EAST))

        index.build("g1", [HUB, LOCK], 2, "g1")

        assert read(index, "g1", HUB, PLUG, LOCK) == [EAST, None, None]

    def test_no_texts_are_asked_and_none_are_there(self, index):
        index.build("g1", [], 2)

        assert index.read("g1", []).vectors.shape == (0, 2)
        assert read(index, "g1", HUB) == [None]
        assert (index.count("g1"), index.unread("g1"), index.faults("g1")) == (0, 0, ())

    def test_a_generation_is_there_once_built_and_gone_once_dropped(self, index):
        index.build("g1", [HUB], 2)
        index.build("g2", [HUB], 2)
        index.drop(["g2"])

        assert (index.has("g1"), index.has("g2"), index.has("g3")) == (False, True, False)
        with pytest.raises(StoreUnavailable):
            index.read("g1", [HUB])
        assert len(index.faults("g1")) == 1

    def test_texts_in_any_writing_have_places_of_their_own(self, index):
        texts = ["", "ä", "a\u0308", "日本", "\ud800", "\ufffd"]
        index.build("g1", texts[:4], 2)

        assert index.without_place("g1", texts[:4]) == []
        assert index.count("g1") == 4
        assert index.read("g1", texts).there.tolist() == [False] * 6
