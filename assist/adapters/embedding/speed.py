"""How many word pieces a way of computing reads per second of one core's time."""

import time
from collections.abc import Callable, Sequence

from assist.adapters.embedding.batches import Ids

TEXTS = 8
"""The longest ones, as passages are longer than queries."""
TIMES = 3


def pieces_per_second(compute: Callable[[Sequence[Ids]], object], texts: Sequence[Ids]) -> float:
    """The best of some tries, by the processor's time, since others may be using it too."""
    read = sorted(texts, key=len)[-TEXTS:]
    return sum(map(len, read)) / min(_seconds(compute, read) for _ in range(TIMES))


def _seconds(compute: Callable[[Sequence[Ids]], object], texts: Sequence[Ids]) -> float:
    started = time.process_time()
    compute(texts)
    return max(time.process_time() - started, 1e-6)
