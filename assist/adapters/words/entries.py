"""The entries of the index, by the rows they were written with: what ranks best among them."""

from collections.abc import Sequence

import numpy as np
import tantivy

from assist.adapters.words.filtering import only
from assist.adapters.words.query import Part
from assist.ports import Ranked, Runs

WIDE = 0.5
"""Where a filter keeps this share of all, a search without it and deeper comes first: tantivy
passes over what cannot be among the best only where nothing filters, and is twice as fast then."""
MORE = 1.25
"""How much deeper than the share alone would have it."""


class Entries:
    """Entries 0 to before `count`. At `edges` blocks of them begin and, at the last, end."""

    def __init__(self, searcher: tantivy.Searcher, count: int, edges: Sequence[int] = ()) -> None:
        self.searcher = searcher
        self.count = count
        self._edges = edges

    @property
    def all(self) -> Runs:
        """What keeps every entry."""
        return ((0, self.count),) if self.count else ()

    def ranked(self, parts: Sequence[Part], limit: int, within: Runs) -> Ranked:
        """The entries of `within` that match any of `parts`, best first; equal ones by number."""
        kept = sum(stop - start for start, stop in within)
        limit = min(limit, kept)
        if not parts or limit < 1:
            return _ranked([], [])
        asked = tantivy.Query.boolean_query(list(parts))
        if kept >= WIDE * self.count:
            whole = kept == self.count
            more = limit if whole else min(self.count, int(limit * MORE * self.count / kept))
            found = self._hits(asked, more)
            passing = _within(found, within)
            if len(passing.rows) >= limit or len(found.rows) < more:
                return Ranked(passing.rows[:limit], passing.scores[:limit])
        both = [(tantivy.Occur.Must, only(within, self._edges)), (tantivy.Occur.Must, asked)]
        return self._hits(tantivy.Query.boolean_query(both), limit)

    def _hits(self, asked: tantivy.Query, limit: int) -> Ranked:
        hits = self.searcher.search(asked, limit, count=False).hits
        numbers = self.searcher.fast_field_values("row", [address for _, address in hits])
        return _ranked(numbers, [score for score, _ in hits])


def _within(found: Ranked, within: Runs) -> Ranked:
    """Those of the entries found that lie in the runs."""
    edges = np.array(within, np.int64).ravel()
    inside = np.searchsorted(edges, found.rows, side="right") % 2 == 1
    return Ranked(found.rows[inside], found.scores[inside])


def _ranked(numbers: Sequence[float | None], scores: Sequence[float]) -> Ranked:
    """Best first; scores that only differ in how they were added up are equal."""
    found, points = np.array(numbers, np.int64), np.round(np.array(scores), 4).astype(np.float32)
    order = np.lexsort((found, -points))
    return Ranked(found[order], points[order])
