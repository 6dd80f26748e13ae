"""Vectors as whole numbers of one byte each: a quarter of the space, the direction kept.

Of unit vectors of 384 numbers a cosine moves by some .0005.
"""

import numpy as np
from numpy.typing import NDArray

LARGEST = 127


def in_one_byte(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Shape (n, d): each row's direction, its largest number 127 or -127; a row of 0 stays 0."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    scaled = vectors * (LARGEST / np.where(largest > 0, largest, 1.0))
    numbers: NDArray[np.int8] = np.rint(scaled).astype(np.int8)
    return numbers


def from_one_byte(numbers: NDArray[np.int8]) -> NDArray[np.float32]:
    """The unit vectors of these rows; one of 0 stays 0."""
    wide = numbers.astype(np.float32)
    lengths = np.sqrt(np.einsum("nd,nd->n", wide, wide))[:, np.newaxis]
    lengths[lengths == 0] = 1.0
    unit: NDArray[np.float32] = wide / lengths
    return unit
