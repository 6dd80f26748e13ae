"""txtai: `Embeddings(hybrid=True)`.

As its page on semantic search shows it: dense vectors and BM25, whose normalized scores are added
with equal weights, the default; passages are found by id and nothing else is stored
(`content=False`, the default). Vectors are made by txtai's own mean pooling over the same weights
(method `transformers`, which it chooses for a folder like ours); it reads up to the 512 pieces
that the tokenizer names, where sentence-transformers stops at 256: passages are shorter, a long
query is not.
https://neuml.github.io/txtai/embeddings/configuration/general
https://neuml.github.io/txtai/embeddings/configuration/vectors

Ready vectors go in by the external method, which is documented and deprecated: its `transform`
hands out the vector of a passage it is given, and makes that of anything else, a query, as txtai
does by default.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from txtai import Embeddings


class Stack:
    """One knowledge base in txtai."""

    def __init__(self, model: Path, folder: Path) -> None:
        del folder  # nothing is saved by default
        self._embeddings = Embeddings(path=str(model), hybrid=True)

    def ingest(self, ids: Sequence[str], texts: Sequence[str], vectors: Any) -> None:
        """From texts to searchable, in memory."""
        if vectors is not None:
            self._embeddings = _given(texts, vectors, self._embeddings)
        self._embeddings.index(list(zip(ids, texts, strict=True)))

    def searching(self, depth: int) -> Callable[[str], list[str]]:
        """Search for `depth` passages; txtai decides how many of each kind it looks at."""

        def search(query: str) -> list[str]:
            return [name for name, _score in self._embeddings.search(query, depth)]

        return search


def _given(texts: Sequence[str], vectors: Any, own: Embeddings) -> Embeddings:
    """Embeddings that take these vectors for these texts."""
    rows = dict(zip(texts, vectors, strict=True))

    def transform(wanted: Sequence[str]) -> list[Any]:
        return [rows[text] if text in rows else own.transform(text) for text in wanted]

    return Embeddings(method="external", transform=transform, hybrid=True)
