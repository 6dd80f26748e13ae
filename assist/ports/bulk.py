"""Work on many things, shared among workers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

A = TypeVar("A")
B = TypeVar("B")

Work = Callable[[Sequence[A]], Sequence[B]]
"""Some things -> as many results, in their order."""


class Bulk(Protocol):
    """Workers, each of which makes what it needs once and is then given some things at a time."""

    def each(
        self, items: Iterable[A], start: Callable[[], Work[A, B]], at_once: int
    ) -> Iterator[B]:
        """Results in the order of the items, which are handed out `at_once`.

        `start` is called once by each worker that there is. It, the items and the results may be
        sent to another machine, so that all of them can be pickled. What work raises of our own
        errors is raised here; nothing is done twice for it. Raises `NotReady` and `Unavailable`
        where there are no workers to be had.
        """
        ...
