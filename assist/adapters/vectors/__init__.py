"""The vectors of passages on disk: a mapped matrix, and graphs of neighbors by Chroma."""

from assist.adapters.vectors.choice import Choice
from assist.adapters.vectors.index import StoredVectors

__all__ = ["Choice", "StoredVectors"]
