import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.retrieval.fusion import Candidates, fuse

COSINES = st.floats(-1, 1, width=32)
BM25 = st.one_of(st.just(0.0), st.floats(0.125, 40, width=32))
WEIGHTS = st.floats(0, 1)
FOUND = st.lists(st.tuples(COSINES, COSINES, BM25), max_size=12)


def candidates(passages, rows=None) -> Candidates:
    """A row each: (cosine, cosine of the nearest part, BM25)."""
    columns = np.array(passages, dtype=np.float32).reshape(-1, 3).T
    numbers = np.arange(len(passages)) if rows is None else np.array(rows, dtype=np.int64)
    return Candidates(numbers, *columns)


def ranking(found: Candidates, weight: float) -> list[tuple[int, float]]:
    fused = fuse(found, weight)
    return [(int(found.rows[place]), float(fused.scores[place])) for place in fused.order]


@given(FOUND, WEIGHTS, st.randoms())
def test_fusion_does_not_depend_on_the_order_of_its_input(passages, weight, shuffler):
    rows = list(range(len(passages)))
    shuffler.shuffle(rows)
    shuffled = candidates([passages[row] for row in rows], rows)

    assert ranking(candidates(passages), weight) == ranking(shuffled, weight)


@given(FOUND, WEIGHTS)
def test_every_passage_comes_out_once_best_first_with_a_score_between_0_and_1(passages, weight):
    ranked = ranking(candidates(passages), weight)

    assert sorted(row for row, _ in ranked) == list(range(len(passages)))
    assert all(0 <= score <= 1.000001 for _, score in ranked)
    assert [score for _, score in ranked] == sorted((s for _, s in ranked), reverse=True)


@given(FOUND, WEIGHTS, st.floats(0.0625, 0.5))
def test_a_passage_that_is_likelier_in_meaning_never_sinks(passages, weight, gain):
    if not passages:
        return
    whole, part, words = passages[0]

    def place(first) -> int:
        return [row for row, _ in ranking(candidates([first, *passages[1:]]), weight)].index(0)

    assert place((whole, part + gain, words)) <= place(passages[0])


def test_the_weight_decides_between_likeness_and_words():
    found = candidates([(0.8, 0.8, 0.0), (0.4, 0.4, 9.0)])

    assert [row for row, _ in ranking(found, 0.15)] == [0, 1]
    assert [row for row, _ in ranking(found, 0.5)] == [1, 0]


def test_the_nearest_part_speaks_for_the_passage():
    found = candidates([(0.6, 0.6, 0.0), (0.3, 0.7, 0.0)])

    assert ranking(found, 0.0) == [(1, pytest.approx(0.7)), (0, pytest.approx(0.6))]


def test_ranks_count_from_one_and_a_passage_without_the_words_has_none():
    fused = fuse(candidates([(0, 0.5, 0), (0, 0.3, 12), (0, 0.4, 1)]), 0.5)

    assert fused.meaning_rank.tolist() == [1, 3, 2]
    assert fused.words_rank.tolist() == [0, 1, 2]


def test_equal_passages_come_in_order_of_their_rows():
    found = candidates([(0.5, 0.5, 2.0)] * 3, rows=[7, 2, 5])

    assert [row for row, _ in ranking(found, 0.4)] == [2, 5, 7]


def test_nothing_found_fuses_to_nothing():
    assert ranking(candidates([]), 0.5) == []
