"""Which rows of a generation cannot be found by their own vector."""

from collections.abc import Iterator

import numpy as np

from assist.adapters.vectors.lookup import STAGE, look_up
from assist.adapters.vectors.matrix import BLOCK
from assist.adapters.vectors.opened import Opened
from assist.adapters.vectors.spans import Rows, inside
from assist.ports import Progress

SAMPLE = 64
"""Rows looked at when a generation is checked at start, spread evenly. With each its whole block
is read, so that of up to 16,384 rows every one is."""


def faults_of(opened: Opened) -> tuple[str, ...]:
    """What a sample of rows shows to be wrong, in words; empty where it is sound."""
    count = opened.manifest.count
    sample = np.unique(np.linspace(0, count - 1, min(SAMPLE, count), dtype=np.int64))
    lost = lost_rows(opened, sample, lambda *_: None)
    if not lost:
        return ()
    return (f"{len(lost)} of {len(sample)} vectors tried are not found, first row {lost[0]}",)


def lost_rows(opened: Opened, rows: Rows, progress: Progress) -> list[int]:
    """Those of these rows that are not as they were written, or that their graph does not find.

    Comparing with every row finds each that is as it was written: all were of length 1, so none
    is nearer to a vector than its own. Only a graph has to be tried.
    """
    opened.matrix.require_size()
    lost = list(_altered(opened, rows))
    settled = [*lost, *opened.manifest.strays]
    tried = np.setdiff1d(rows, settled)
    done = len(rows) - len(tried)
    for kind, own in opened.graphed.items():
        for count, missed in look_up(opened.graphs, kind, inside(tried, own), opened.matrix.rows):
            lost += missed
            progress(STAGE, done := done + count, len(rows))
    progress(STAGE, len(rows), len(rows))
    return sorted(lost)


def _altered(opened: Opened, rows: Rows) -> Iterator[int]:
    """Those of these rows whose block is not as it was written."""
    blocks = rows // BLOCK
    for block in np.unique(blocks).tolist():
        if opened.matrix.altered(block):
            yield from rows[blocks == block].tolist()
