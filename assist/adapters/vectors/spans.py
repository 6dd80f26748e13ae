"""Runs of rows as arrays: how many rows, which, what two have in common, which rows lie within."""

import numpy as np
from numpy.typing import NDArray

from assist.ports import Runs

Rows = NDArray[np.int64]
"""Numbers of rows."""
Spans = NDArray[np.int64]
"""Shape (n, 2): the first row and the one after the last, as in `Runs`."""


def spans(runs: Runs) -> Spans:
    """The runs as an array; empty ones are left out."""
    made = np.array(runs, dtype=np.int64).reshape(-1, 2)
    return made[made[:, 0] < made[:, 1]]


def size(within: Spans) -> int:
    """How many rows there are."""
    return int((within[:, 1] - within[:, 0]).sum())


def rows_of(within: Spans) -> Rows:
    """All rows, in order."""
    if len(within) == 1:
        return np.arange(within[0, 0], within[0, 1])
    lengths = within[:, 1] - within[:, 0]
    before = np.cumsum(lengths) - lengths
    moved: Rows = np.repeat(within[:, 0] - before, lengths)
    return np.arange(len(moved)) + moved


def overlap(within: Spans, pool: Spans) -> Spans:
    """The rows of both. `pool` is few runs: one where a generation stands by scope."""
    parts = [np.clip(within, start, stop) for start, stop in pool]
    both: Spans = np.concatenate([within[:0], *parts])
    kept: Spans = both[both[:, 0] < both[:, 1]]
    return kept


def inside(rows: Rows, within: Spans) -> Rows:
    """Those of these rows that lie within, in their order."""
    if not len(within):
        return rows[:0]
    place = np.searchsorted(within[:, 0], rows, side="right") - 1
    kept: Rows = rows[(place >= 0) & (rows < within[place, 1])]
    return kept
