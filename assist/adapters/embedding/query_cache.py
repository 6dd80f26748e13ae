"""The vectors of the texts asked for last, so that asking again costs nothing."""

import hashlib
import threading
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float32]
KEY_BYTES = 16


class QueryCache:
    """Up to `limit` vectors; the one that was not asked for the longest goes first. 0 keeps none.

    Texts are kept as hashes: what customers wrote does not stay in memory. Threads may share it.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._rows: OrderedDict[bytes, Row] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, text: str) -> Row | None:
        """The vector of this text, if it is kept."""
        key = _key(text)
        with self._lock:
            row = self._rows.get(key)
            if row is not None:
                self._rows.move_to_end(key)
            return row

    def put(self, text: str, row: Row) -> None:
        """Keep the vector of this text."""
        key, kept = _key(text), row.copy()  # a view would keep its whole batch alive
        with self._lock:
            self._rows[key] = kept
            self._rows.move_to_end(key)
            while len(self._rows) > self.limit:
                self._rows.popitem(last=False)

    @property
    def size(self) -> int:
        """How many vectors are kept."""
        return len(self._rows)

    @property
    def bytes(self) -> int:
        """What the vectors and their keys take, without Python's own overhead."""
        with self._lock:
            return sum(row.nbytes + KEY_BYTES for row in self._rows.values())


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=KEY_BYTES).digest()
