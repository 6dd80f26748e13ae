"""When to compare with every row and when to ask a graph of neighbors."""

from collections.abc import Iterator

from assist.domain.base import Model


class Choice(Model):
    """What both ways cost on two cores, in microseconds, and what follows from it."""

    exact_rows: int = 30_000
    """A kind with no more rows has no graph: comparing with all of them is exact, needs no second
    copy of them, and takes about as long."""
    row: float = 0.06
    """To compare with one row of 384 numbers."""
    graph: float = 1_500.0
    """To ask a graph at all."""
    result: float = 7.0
    """For each row asked of a graph."""
    least: int = 50
    """Rows asked of a graph at least: it takes no longer than for fewer."""
    depth: int = 400
    """Of so many rows one is asked of a graph at least: it looks as far as it gives. Of the ten
    nearest among 200,000 it finds .975 by 300, .988 by 500, .994 by 1,000."""
    spare: float = 1.5
    """How many times as many rows are asked for as the share of those that pass calls for."""
    wider: int = 4
    """How many times as many the next time, where too few of those found pass."""

    def fetches(self, limit: int, kept: int, total: int, dimension: int) -> Iterator[int]:
        """How many rows to ask of a graph of `total` rows, one try after another.

        `limit` rows are wanted that pass a filter, which keeps `kept` of them. It ends where
        comparing with those takes no longer than another try.
        """
        if not kept:
            return
        needed = limit if kept == total else int(limit * total / kept * self.spare)
        count = max(needed, self.least, total // self.depth)
        while self.graph + self.result * count < self.row * kept * dimension / 384:
            yield min(count, total)
            if count >= total:
                return
            count *= self.wider
