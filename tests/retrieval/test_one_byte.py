"""Vectors in one byte a number keep their direction."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assist.retrieval.one_byte import from_one_byte, in_one_byte

rows = arrays(
    np.float32, st.tuples(st.integers(0, 5), st.just(8)), elements=st.floats(-2, 2, width=32)
)


@given(rows)
def test_each_row_keeps_its_direction_and_becomes_a_unit_vector(vectors: np.ndarray) -> None:
    again = from_one_byte(in_one_byte(vectors))

    lengths = np.linalg.norm(vectors.astype(np.float64), axis=1)
    for row, new, length in zip(vectors, again, lengths, strict=True):
        if length > 1e-30:
            assert new @ row / length > 0.9995
            assert np.isclose(np.linalg.norm(new), 1)


def test_a_row_of_nothing_stays_nothing() -> None:
    assert not from_one_byte(in_one_byte(np.zeros((2, 4), dtype=np.float32))).any()


def test_the_largest_number_becomes_127_whatever_its_sign() -> None:
    assert in_one_byte(np.array([[0.1, -0.2]], dtype=np.float32)).tolist() == [[64, -127]]


def test_a_cosine_moves_by_less_than_a_hundredth() -> None:
    draw = np.random.default_rng(3).normal(size=(200, 384)).astype(np.float32)
    draw /= np.linalg.norm(draw, axis=1, keepdims=True)

    moved = np.abs(from_one_byte(in_one_byte(draw)) @ draw.T - draw @ draw.T)

    assert moved.max() < 0.01
    assert moved.mean() < 0.001
