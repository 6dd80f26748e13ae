"""The compiled models of a home: a folder each, with a manifest that says what it was made of."""

import hashlib
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from assist.adapters.embedding.model_folder import ModelFolder
from assist.adapters.processor import has_int8
from assist.domain.base import Model

Engine = Literal["auto", "fp32", "int8", "reference"]
"""What computes: what the gate lets through, one that is named, or sentence-transformers itself."""
Chosen = Literal["fp32", "int8", "reference"]
FORMAT = 3
"""Raised when what is compiled changes, so that every home compiles again."""
MANIFEST = "manifest.json"
GRAPH = "model.onnx"
BULK = "bfloat16"
"""What torch may compute a corpus in."""


class Manifest(Model):
    """What lies in a compiled folder, and how near it came to the reference.

    `identity` is `ModelFolder.identity`: over weights, tokenizer, pooling and lengths, which the
    graph has in it. Cosines to the reference: `fp32` the least of all the gate's texts, `int8` and
    `bfloat16` the 1st percentile; none where it was not computed. `rates` are
    pieces per second of one core, of those that are used. `note` is a sentence for people.
    """

    format: int = FORMAT
    model: str
    identity: str
    modules: tuple[str, ...]
    dimension: int
    max_pieces: int
    engine: Chosen
    int8_instructions: bool
    sha256: str = ""
    cosines: dict[str, float]
    rates: dict[str, float]
    texts: int
    note: str
    seconds: float
    made_with: dict[str, str]


def name_of(folder: ModelFolder, engine: Engine) -> str:
    """The name under which this model, compiled so, is kept."""
    kept = f"{folder.name}-{folder.identity[:12]}"
    return kept if engine == "auto" else f"{kept}-{engine}"


def kept(built: Path, folder: ModelFolder) -> Manifest | None:
    """The manifest of a compiled folder; none if it is not there, not whole or of another model.

    8-bit numbers that were scaled for a processor which adds them without overflow are of no use
    on one that does not.
    """
    file = built / MANIFEST
    if not file.is_file():
        return None
    try:
        manifest = Manifest.model_validate_json(file.read_text("utf-8"))
    except ValidationError:
        return None
    fits = (manifest.format, manifest.identity) == (FORMAT, folder.identity)
    if not fits or (manifest.int8_instructions and not has_int8()):
        return None
    return manifest if manifest.sha256 == graph_hash(built) else None


def graph_hash(built: Path) -> str:
    """SHA-256 of the graph in a compiled folder; empty where there is none."""
    file = built / GRAPH
    if not file.is_file():
        return ""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
