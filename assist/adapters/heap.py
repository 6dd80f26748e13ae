"""The C library's heaps: no more of them than there are cores."""

import ctypes

from assist.adapters.processor import usable_cores

ARENA_MAX = -8
"""`M_ARENA_MAX` of `mallopt`, in glibc since 2.10."""


def bound_heaps() -> None:
    """Keep threads to one heap per core, where the C library is one that would give each its own.

    glibc gives every new thread a heap of its own, up to eight per core, and each keeps what its
    threads ever took. Threads that index and embed are new each time: over 40 re-indexes a process
    grew from 240 to 440 MB, and with two heaps on two cores to 278.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(ARENA_MAX, usable_cores())
