"""Workers that are this process, one after another; what they are sent is pickled as for others."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from assist.ports.bulk import Work

A = TypeVar("A")
B = TypeVar("B")


@dataclass
class FakeBulk:
    """One worker, started for each call. `sent` is how many things it was given at a time."""

    sent: list[int] = field(default_factory=list)

    def each(
        self, items: Iterable[A], start: Callable[[], Work[A, B]], at_once: int
    ) -> Iterator[B]:
        work = pickle.loads(pickle.dumps(start))()  # noqa: S301  our own, made a moment ago
        left = iter(items)
        while some := list(islice(left, at_once)):
            self.sent.append(len(some))
            yield from work(some)
