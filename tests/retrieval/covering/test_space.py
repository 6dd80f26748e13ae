"""Where vectors stand: inside of a document, between documents, outside of everything."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.retrieval.covering.space import Space, spread

WIDE = 16


def around(center: int, count: int, seed: int) -> np.ndarray:
    """Unit vectors near an axis."""
    rows = np.random.default_rng(seed).normal(0, 0.1, (count, WIDE))
    rows[:, center] += 1
    unit: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit.astype(np.float32)


def a_space() -> Space:
    vectors = np.concatenate([around(axis, 30, axis) for axis in range(4)])
    return Space.fit(vectors, np.repeat(np.arange(4), 30), 4)


def test_a_text_of_a_document_is_nearer_to_it_than_one_between_two() -> None:
    space = a_space()
    inside = around(2, 20, seed=99)
    between = inside + around(1, 20, seed=98)
    between /= np.linalg.norm(between, axis=1, keepdims=True)
    assert space.place(inside).relative.min() > space.place(between).relative.max()
    assert set(space.place(inside).within.argmin(axis=1).tolist()) == {2}


def test_what_is_about_something_else_is_inside_of_nothing() -> None:
    space = a_space()
    assert (
        space.place(around(9, 20, 97)).relative.max()
        < space.place(around(0, 20, 96)).relative.min()
    )


def test_one_line_a_document_is_enough_to_fit() -> None:
    vectors = np.concatenate([around(axis, 1, axis) for axis in range(5)])
    place = Space.fit(vectors, np.arange(5), 5).place(vectors)
    assert place.within.argmin(axis=1).tolist() == [0, 1, 2, 3, 4]
    assert np.isfinite(place.relative).all()


@given(st.integers(2, 40), st.integers(0, 1000))
def test_a_spread_can_be_inverted_and_keeps_the_variance_however_few_the_rows(
    count: int, seed: int
) -> None:
    rows = np.random.default_rng(seed).normal(size=(count, WIDE)).astype(np.float32)
    values = np.linalg.eigvalsh(spread(rows).astype(np.float64))
    assert values.min() > -1e-4
    assert values.sum() == pytest.approx(np.square(rows).sum() / count, rel=1e-3)


def test_equal_lines_have_a_place_though_nothing_spreads() -> None:
    vectors = np.repeat(around(0, 1, 0), 25, axis=0)
    place = Space.fit(vectors, np.arange(25) % 5, 5).place(around(1, 3, 1))
    assert np.isfinite(place.relative).all()
