"""Comparing with every row gives what a person would find by hand, whatever the runs."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.adapters.vectors import StoredVectors
from assist.retrieval.rows import runs_of
from tests.adapters.vectors.drawn import by_hand, passages, topical, unit
from tests.contracts.vector_index import quiet

COUNT = 700
RUNS = st.lists(
    st.tuples(st.integers(0, COUNT - 1), st.integers(1, 90)), min_size=0, max_size=12
).map(lambda drawn: runs_of(row for a, n in drawn for row in range(a, min(COUNT, a + n))))
SCATTERED = st.sets(st.integers(0, COUNT - 1), max_size=300).map(runs_of)


def rows_in(runs):
    return [row for start, stop in runs for row in range(start, stop)]


@pytest.fixture(scope="module")
def index():
    with tempfile.TemporaryDirectory() as folder:
        index = StoredVectors(Path(folder))
        index.build("topical", passages(COUNT), topical(COUNT), quiet)
        index.build("coarse", passages(COUNT), coarse(COUNT), quiet)
        yield index
        index.close()


def coarse(count):
    """Four numbers of -1, 0 or 1 each: most rows have many twins."""
    drawn = np.random.default_rng(3).integers(-1, 2, (count, 4)).astype(np.float32)
    drawn[:, 0] = 1
    return unit(drawn)


@settings(deadline=None, max_examples=150)
@given(
    runs=RUNS | SCATTERED,
    limit=st.integers(0, 60) | st.just(10**9),
    asked=st.integers(0, COUNT - 1),
)
def test_the_nearest_are_those_found_by_hand(index, runs, limit, asked):
    vectors = topical(COUNT)
    rows, scores = index.nearest("topical", vectors[asked], limit, runs)
    assert rows.tolist() == by_hand(vectors, vectors[asked], rows_in(runs), limit)
    np.testing.assert_allclose(scores, vectors[rows] @ vectors[asked], atol=1e-6)


@settings(deadline=None, max_examples=150)
@given(runs=RUNS | SCATTERED, limit=st.integers(1, 300), asked=st.integers(0, COUNT - 1))
def test_twins_score_the_same_and_come_in_order_of_row(index, runs, limit, asked):
    vectors = coarse(COUNT)
    rows, scores = index.nearest("coarse", vectors[asked], limit, runs)
    assert len(set(rows.tolist())) == len(rows) == min(limit, len(rows_in(runs)))
    assert all(
        (-score, row) < (-after, later)
        for score, row, after, later in zip(scores, rows, scores[1:], rows[1:], strict=False)
    )
    left_out = np.setdiff1d(rows_in(runs), rows)
    if len(left_out):
        worst, last = scores[-1], rows[-1]
        products = np.add.reduce(vectors[left_out] * vectors[asked], axis=1)
        assert not ((products > worst) | ((products == worst) & (left_out < last))).any()


def test_a_thousand_runs_are_answered_as_one_by_one(index):
    vectors = topical(COUNT)
    runs = tuple((row, row + 1) for row in range(0, COUNT, 2))
    found = index.nearest("topical", vectors[5], 20, runs)
    assert found.rows.tolist() == by_hand(vectors, vectors[5], range(0, COUNT, 2), 20)
