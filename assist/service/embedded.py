"""What was embedded in several goes, as one."""

from collections.abc import Sequence

import numpy as np

from assist.ports import Read


def merged(count: int, some: Sequence[tuple[Sequence[int], Read]]) -> Read:
    """Readings of these rows each, at least one, as a reading of `count` rows.

    Rows that nobody gives are all 0. Where one has fewer parts than another, its last are empty.
    """
    dimension = some[0][1].vectors.shape[1]
    most = max(read.parts.shape[1] for _, read in some)
    whole = Read(
        np.zeros((count, dimension), dtype=np.float32),
        np.zeros((count, most, dimension), dtype=np.int8),
    )
    for rows, read in some:
        whole.vectors[rows] = read.vectors
        whole.parts[rows, : read.parts.shape[1]] = read.parts
    return whole
