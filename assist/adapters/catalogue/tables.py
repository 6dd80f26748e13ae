"""Ids -> numbers on disk: 64-bit hashes in order beside the numbers that have them.

A hash says where to look; whoever looks compares the id that stands there. So a table of a
million ids is opened at once and takes no memory, where a dictionary would take seconds and 150 MB.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def hash_of(name: str) -> int:
    """The first 64 bits of BLAKE2b of a text, lone surrogates included."""
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "little")


def table(names: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """The hashes of these names in order, and for each the place of its name in `names`."""
    hashes = np.fromiter((hash_of(name) for name in names), np.uint64, len(names))
    order = np.argsort(hashes, kind="stable")
    return hashes[order], order.astype(np.int32)


def numbers_at(
    hashes: NDArray[np.uint64], numbers: NDArray[np.int32], name: str
) -> tuple[int, ...]:
    """The numbers whose names have the hash of this one: seldom any but the right one."""
    wanted = np.uint64(hash_of(name))
    first, last = (int(np.searchsorted(hashes, wanted, side=side)) for side in ("left", "right"))
    return tuple(numbers[first:last].tolist())
