"""A compiled model as ONNX Runtime computes it: one text at a time on one core, texts in parallel.

A text alone is neither padded nor masked; 8-bit numbers are scaled by the largest in a run, so only
alone does a text have one vector. A query of a dozen pieces is no faster on two cores than on one.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as faults

from assist.adapters.embedding.batches import Ids, See, unheard
from assist.adapters.processor import usable_cores
from assist.errors import EmbedderUnavailable
from assist.ports import Vectors

FEW_PIECES = 256
"""Up to so many pieces in all are not worth starting threads for."""
FAULTS = (
    faults.EPFail,
    faults.Fail,
    faults.InvalidArgument,
    faults.InvalidGraph,
    faults.InvalidProtobuf,
    faults.NoSuchFile,
    faults.NotImplemented,
    faults.RuntimeException,
)
"""What ONNX Runtime raises; its errors have no common base but `Exception`."""


class OnnxModel:
    """A graph from `input_ids`, int64 (1, pieces), to one vector (1, dimension).

    Threads may share it. Raises `EmbedderUnavailable`.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the caller's own thread: nothing spins, nothing waits
        options.inter_op_num_threads = 1
        options.log_severity_level = 3  # its warnings are about its own optimizations
        try:
            self._session = onnxruntime.InferenceSession(
                str(file), options, providers=["CPUExecutionProvider"]
            )
        except FAULTS as error:
            raise self._unusable("cannot be loaded", error) from error

    def vectors(
        self,
        texts: Sequence[Ids],
        done: Callable[[int], None] = unheard,
        see: See | None = None,
    ) -> Vectors:
        """The vectors of texts cut into pieces, in their order, as long as the model makes them.

        `done` is called with how many are ready; what it raises ends the work. `see` is shown the
        pieces of each text as they were read.
        """
        read = partial(self._one, see=see)
        if sum(len(ids) for ids in texts) <= FEW_PIECES:
            return self._collected(map(read, range(len(texts)), texts), done)
        with ThreadPoolExecutor(usable_cores()) as threads:
            try:
                return self._collected(threads.map(read, range(len(texts)), texts), done)
            except BaseException:
                threads.shutdown(wait=True, cancel_futures=True)
                raise

    def _collected(self, rows: Iterator[Vectors], done: Callable[[int], None]) -> Vectors:
        found = []
        for row in rows:
            found.append(row)
            done(len(found))
        return np.concatenate(found)

    def _one(self, place: int, ids: Ids, see: See | None) -> Vectors:
        asked = ["vectors"] if see is None else ["vectors", "pieces"]
        try:
            row, *pieces = self._session.run(asked, {"input_ids": ids[np.newaxis]})
        except FAULTS as error:
            raise self._unusable("cannot be run", error) from error
        if see is not None:
            see(place, np.asarray(pieces[0][0], dtype=np.float32))
        return np.asarray(row, dtype=np.float32)

    def _unusable(self, what: str, error: Exception) -> EmbedderUnavailable:
        return EmbedderUnavailable(
            f"the compiled model {what}: {error}",
            cure="delete its folder, and it is compiled again",
            where=str(self._file),
        )
