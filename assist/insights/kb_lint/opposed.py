"""Statements of one shelf -> the pairs that cannot both be right."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from assist.insights.kb_lint.named import Names
from assist.insights.kb_lint.rows import differing_cells
from assist.insights.kb_lint.scope import meet
from assist.insights.kb_lint.shelf import Shelf, Stated
from assist.ports import Vectors

VALUES = 3
"""Values of one sentence in all documents that have it: with more it is no slip of one of them."""
_QUOTED = re.compile("“([^”]{1,80})”")
NEAR = 0.7
"""Cosine from which two statements are compared."""
AT_ONCE = 1_024
"""Statements whose cosines to all others are held at one time: 40 MB beside 10,000."""
Side = tuple[str, str]
"""The words of a statement, and the headings above it."""
Oppose = Callable[[Side, Side, float], str]
"""How two statements contradict each other, given their cosine; empty where they do not."""


class Opposed(NamedTuple):
    """Two statements that contradict each other, and how."""

    one: Stated
    other: Stated
    says: str

    @property
    def turned(self) -> "Opposed":
        """The same, from the other's side."""
        return Opposed(self.other, self.one, self.says)


def opposed(shelf: Shelf, oppose: Oppose) -> tuple[Opposed, ...]:
    """Every pair of statements in force that contradict each other.

    A sentence that many documents have, each with a value of its own, says in each something of
    what that document is about.
    """
    names = Names(shelf.documents)
    found = [
        Opposed(one, other, says)
        for one, other, cosine in _near_pairs(shelf.current, shelf)
        if (says := opposition(one, other, cosine, oppose)) and not names.two_things(one, other)
    ]
    values = _values_of_groups(found)
    return tuple(pair for pair in found if len(values[pair.one.row]) <= VALUES)


def _values_of_groups(found: Sequence[Opposed]) -> dict[int, set[str]]:
    """By statement: the values that it and all that it is opposed to, near or far, give."""
    values: dict[int, set[str]] = {}
    rows: dict[int, set[int]] = {}
    for pair in found:
        ends = (pair.one.row, pair.other.row)
        together = set(ends).union(*(rows.get(row, ()) for row in ends))
        told = set(_QUOTED.findall(pair.says)).union(*(values.get(row, ()) for row in ends))
        rows.update(dict.fromkeys(together, together))
        values.update(dict.fromkeys(together, told))
    return values


def opposition(one: Stated, other: Stated, cosine: float, oppose: Oppose) -> str:
    """How two statements contradict each other; empty where they do not, or cannot."""
    if not _comparable(one, other):
        return ""
    if one.form == "row":
        return "; ".join(differing_cells(one, other, oppose))
    return oppose((one.text, one.heading), (other.text, other.heading), cosine)


def _comparable(one: Stated, other: Stated) -> bool:
    """Whether two statements may be about one case.

    Neighbors in a list or a table tell cases apart, and a row says little without its table.
    """
    beside = one.passage.id == other.passage.id and one.group == other.group
    listed = one.form in ("row", "item", "step")
    rows = (one.form == "row") == (other.form == "row")
    return rows and not (beside and listed) and meet(one.passage, other.passage)


def _near_pairs(stated: Sequence[Stated], shelf: Shelf) -> Iterator[tuple[Stated, Stated, float]]:
    """Pairs of statements that are near in meaning, each once."""
    vectors = shelf.rows(stated)
    for start in range(0, len(stated), AT_ONCE):
        cosines: Vectors = vectors[start : start + AT_ONCE] @ vectors.T
        for row, column in np.argwhere(cosines >= NEAR):
            if column > start + row:
                yield stated[start + row], stated[column], float(cosines[row, column])
