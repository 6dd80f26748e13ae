"""What a process keeps in memory is bounded, and what stays is not looked through again."""

import ctypes
import subprocess
import sys

import pytest

from assist.adapters.processor import usable_cores

COUNT = """
import ctypes, threading
from assist.adapters.heap import bound_heaps

BOUND
barrier = threading.Barrier(32)
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p

def take():
    barrier.wait()
    library.malloc(ctypes.c_size_t(1000))  # without the lock of Python's own
    barrier.wait()

threads = [threading.Thread(target=take) for _ in range(32)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
library.fopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(library.fopen(b"/dev/stdout", b"w"))
library.malloc_info(0, out)
library.fflush(out)
"""


def heaps(bound: str) -> int:
    """How many the C library of a fresh process made for 32 threads at once."""
    code = COUNT.replace("BOUND", bound)
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return found.stdout.count("<heap nr=")


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "malloc_info"), reason="the C library tells of no heaps"
)
def test_many_threads_share_the_heaps_that_there_are() -> None:
    assert heaps("pass") > usable_cores() + 1
    assert heaps("bound_heaps()") <= usable_cores() + 1


SETTLED = """
import gc
from assist.adapters.heap import settle

kept = [[n] for n in range(50_000)]
settle()
print(len(gc.get_objects()) < len(kept), gc.get_freeze_count() > len(kept))
circle = []
circle.append(circle)
del circle
print(gc.collect() >= 1)
"""


def test_what_is_there_when_a_process_is_ready_is_not_searched_and_what_comes_after_is() -> None:
    found = subprocess.run(
        [sys.executable, "-c", SETTLED], capture_output=True, text=True, check=True
    )

    assert found.stdout.split() == ["True", "True", "True"]
