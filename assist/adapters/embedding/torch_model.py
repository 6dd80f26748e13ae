"""A sentence-transformers model as torch computes it: the reference, and the engine for bulk.

Importing this costs nothing; `loaded` imports torch, which takes seconds.
"""

import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assist.adapters.embedding.batches import Ids, See, batches, stacked, unheard
from assist.adapters.embedding.model_folder import REINSTALL, ModelFolder
from assist.adapters.processor import has_bfloat16, usable_cores
from assist.errors import EmbedderUnavailable
from assist.ports import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

CPU_PIECES = 2048
"""Pieces per batch: the widest layer's output then takes 6 MB, and stays near the core. Batches of
200 to 4000 measured within a tenth of each other."""
CUDA_PIECES = 65_536
REFERENCE_TEXTS = 512
BATCH = 32
"""Texts per forward pass of the reference, padded to the longest."""
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class TorchModel:
    """A loaded model that reads pieces, on the device and in the numbers that it is in."""

    def __init__(self, model: "SentenceTransformer", dimension: int) -> None:
        self._model = model
        self._dimension = dimension

    def vectors(
        self, texts: Sequence[Ids], done: Callable[[int], None] = unheard, see: See | None = None
    ) -> Vectors:
        """The vectors of texts cut into pieces, in their order, as long as the model makes them.

        `done` is called with how many are ready; what it raises ends the work. `see` is shown the
        pieces of each text as they were read.
        """
        on_cpu = self._model.device.type == "cpu"
        made = batches([len(ids) for ids in texts], CPU_PIECES if on_cpu else CUDA_PIECES)
        found = np.zeros((len(texts), self._dimension), dtype=np.float32)
        ready = 0
        # Each core computes batches of its own: two cores in one batch wait for each other.
        with ThreadPoolExecutor(usable_cores() if on_cpu else 1, initializer=_alone) as threads:
            try:
                for batch, rows in zip(
                    made, threads.map(partial(self._read, texts, see), made), strict=True
                ):
                    found[batch] = rows
                    ready += len(batch)
                    done(ready)
            except BaseException:
                threads.shutdown(wait=True, cancel_futures=True)
                raise
        return found

    def _read(self, texts: Sequence[Ids], see: See | None, batch: Sequence[int]) -> Vectors:
        import torch

        with torch.inference_mode():
            ids = torch.from_numpy(stacked(texts, batch)).to(self._model.device)
            whole, pieces = read_pieces(self._model, ids)
            if see is not None:
                for place, rows in zip(batch, pieces.float().cpu().numpy(), strict=True):
                    see(place, rows)
            return np.asarray(whole.float().cpu().numpy(), dtype=np.float32)


def _alone() -> None:
    """Keep what this thread computes to the core it runs on."""
    import torch

    torch.set_num_threads(1)


class Reference:
    """sentence-transformers' own way from text to vector: what all others are held to."""

    def __init__(self, folder: ModelFolder) -> None:
        self._model = loaded(folder)
        self._lock = threading.Lock()

    def vectors(self, texts: Sequence[str], done: Callable[[int], None]) -> Vectors:
        """As `TorchModel.vectors`, from texts."""
        parts = []
        for start in range(0, len(texts), REFERENCE_TEXTS):
            with self._lock:  # a fast tokenizer must not be entered twice
                parts.append(reference_vectors(self._model, texts[start : start + REFERENCE_TEXTS]))
            done(min(start + REFERENCE_TEXTS, len(texts)))
        return np.concatenate(parts)


def reference_vectors(model: "SentenceTransformer", texts: Sequence[str]) -> Vectors:
    """What sentence-transformers makes of texts, as long as the model makes it."""
    found = model.encode(
        list(texts), batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True
    )
    return np.asarray(found, dtype=np.float32)


def read_pieces(model: "SentenceTransformer", ids: Any) -> tuple[Any, Any]:
    """Pieces, shape (texts, pieces), none of them padding -> vectors, and one for each piece.

    Without a mask attention takes its fastest path, and the exported graph has none of the
    masks' arithmetic.
    """
    import torch

    modules = iter(model)
    features = next(modules)({"input_ids": ids})
    features["attention_mask"] = torch.ones_like(ids)  # pooling counts by it
    pieces = features["token_embeddings"]
    for module in modules:
        features = module(features)
    return features["sentence_embedding"], pieces


def loaded(folder: ModelFolder) -> "SentenceTransformer":
    """The model in float32 on the processor, its weights checked, nothing fetched.

    Raises `EmbedderUnavailable`.
    """
    folder.weights()
    model = _load(folder.path)
    model.max_seq_length = folder.max_pieces
    if model.get_embedding_dimension() != folder.dimension:
        raise EmbedderUnavailable(
            f"the model makes vectors of {model.get_embedding_dimension()} numbers, "
            f"its folder says {folder.dimension}",
            cure="name a folder as sentence-transformers saves it",
            where=str(folder.path),
        )
    return model.eval()


def bulk_model(folder: ModelFolder) -> TorchModel:
    """The model on the first GPU if torch sees one, else on the processor.

    In bfloat16, but on a processor that would have to emulate it.
    """
    import torch

    model = loaded(folder)
    if torch.cuda.is_available():
        model = in_bfloat16(model).to("cuda")
    elif has_bfloat16():
        model = in_bfloat16(model)
    return TorchModel(model, folder.dimension)


def in_bfloat16(model: "SentenceTransformer") -> "SentenceTransformer":
    """The model itself, its weights now in bfloat16."""
    import torch

    return model.to(torch.bfloat16)


def torch_is_imported() -> bool:
    """Whether the seconds that importing torch takes have been spent already."""
    return "torch" in sys.modules


def _load(path: Path) -> "SentenceTransformer":
    os.environ.update(OFFLINE)  # read when the libraries are imported
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(usable_cores())
    try:
        return SentenceTransformer(
            str(path),
            device="cpu",
            local_files_only=True,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise EmbedderUnavailable(
            f"the model cannot be loaded: {error}", cure=REINSTALL, where=str(path)
        ) from error
