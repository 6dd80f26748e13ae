"""What a process keeps in memory: few heaps of the C library, and no search through what stays."""

import ctypes
import gc

from assist.adapters.processor import usable_cores

ARENA_MAX = -8
"""`M_ARENA_MAX` of `mallopt`, in glibc since 2.10."""
OBJECTS = 10_000
"""New objects between two such looks at the youngest; a suggestion makes some thousands."""


def bound_heaps() -> None:
    """Keep threads to one heap per core, where the C library is one that would give each its own.

    glibc gives every new thread a heap of its own, up to eight per core, and each keeps what its
    threads ever took. Threads that index and embed are new each time: over 40 re-indexes a process
    grew from 240 to 440 MB, and with two heaps on two cores to 278.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(ARENA_MAX, usable_cores())


def settle() -> None:
    """Never search what is in memory now for circles again: for a process that is ready to serve.

    Python looks through all objects now and then for those that only refer to each other. Of
    300,000, most of them modules, rules and the model, that took a quarter of a second, in which
    nobody was answered, and with the smaller looks 10 ms of each suggestion.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS)
