"""Rows that a graph does not lead to by their own vector.

Of 100,000 passages' vectors such a graph loses a few: nothing that it keeps as their neighbor has
kept them as its own. Building it again loses others.
"""

from collections.abc import Iterator

from assist.adapters.vectors.graphs import Graphs
from assist.adapters.vectors.scan import Vector, cosines
from assist.adapters.vectors.spans import Rows
from assist.domain.knowledge import Kind
from assist.ports import Vectors

STAGE = "checking vectors"
ASKED = 256
"""Rows looked up at once."""
TIES = 10
"""Rows a graph is asked for: so many may be equal to the one that is looked for."""
EQUAL = 1e-5
"""A cosine less than this below 1 is that of an equal vector: float32 is off by less."""


def look_up(
    graphs: Graphs, kind: Kind, rows: Rows, matrix: Vectors
) -> Iterator[tuple[int, list[int]]]:
    """How many of the kind's rows were looked up, and which of them were missed, batch by batch.

    None are missed where the graph cannot be asked: every row is compared then.
    """
    for first in range(0, len(rows), ASKED):
        some = rows[first : first + ASKED]
        near = graphs.near(kind, matrix[some], TIES)
        if near is None:
            yield len(some), []
            continue
        pairs = zip(some.tolist(), near, strict=True)
        yield len(some), [row for row, found in pairs if not _finds(matrix, row, found)]


def _finds(matrix: Vectors, row: int, near: Rows) -> bool:
    """Whether the row is near its vector, or so many equal ones are that it need not be named."""
    return row in near or (len(near) == TIES and _all_equal(matrix, matrix[row], near))


def _all_equal(matrix: Vectors, vector: Vector, near: Rows) -> bool:
    return bool((cosines(matrix, vector, near) > 1 - EQUAL).all())
