"""The one model that every peer and we ourselves are given: the packaged all-MiniLM-L6-v2."""

from pathlib import Path

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.adapters.embedding.model_folder import packaged_folder
from assist.ports import Embedder
from assist.settings import read_settings


def model_folder() -> Path:
    """The model as sentence-transformers saves one. Raises `EmbedderUnavailable`."""
    return packaged_folder()


def embedder() -> Embedder:
    """The same model as we use it: it counts the word pieces that passages are cut by."""
    return SentenceEmbedder(compiled=read_settings().home / "models")
