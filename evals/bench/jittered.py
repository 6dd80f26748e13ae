"""More vectors than there are passages at hand, and filters over them.

Beyond the real ones vectors are jittered: a real one, drawn with the seed, plus noise, so that
they lie around the real ones as passages of one topic do.
"""

import numpy as np

from assist.ports import Runs, Vectors
from evals.bench.sizes import SEED

JITTER = 0.7
"""Length of the noise added to a unit vector: its cosine to the real one is about .82."""
RUNS = 20
"""Runs of rows that a filter keeps, spread evenly: so many scopes pass, as many fail between."""
BLOCK = 50_000
"""Vectors made at once."""


def grown(real: Vectors, size: int) -> Vectors:
    """`size` unit vectors: the real ones first, then jittered ones, the same each time."""
    draw = np.random.default_rng(SEED)
    made = np.empty((size, real.shape[1]), dtype=np.float32)
    made[: len(real)] = real[:size]
    scale = np.float32(JITTER / np.sqrt(real.shape[1]))
    for first in range(len(real), size, BLOCK):
        block = made[first : first + BLOCK]
        draw.standard_normal(out=block, dtype=np.float32)
        block *= scale
        block += real[draw.integers(0, len(real), len(block))]
        block /= np.linalg.norm(block, axis=1, keepdims=True)
    return made


def filtered(size: int, share: float) -> Runs:
    """Runs that keep a share of the rows, spread evenly."""
    if share == 1:
        return ((0, size),)
    length = max(1, round(share * size / RUNS))
    starts = np.linspace(0, size - length, min(RUNS, size // length), dtype=int)
    return tuple((start, start + length) for start in starts.tolist())
