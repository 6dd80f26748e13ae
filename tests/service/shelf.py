"""Three articles that serve, with parts to damage and a count of what is embedded."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assist.domain.knowledge import Generation, Passage
from assist.errors import DiskFull
from assist.retrieval.rows import in_rows
from assist.service.library import serving
from assist.service.parts import Parts
from tests.fake_embedder import ToyEmbedder
from tests.service.damage import (
    DamageableCatalogue,
    DamageableParts,
    DamageableVectors,
    DamageableWords,
)
from tests.service.parts import a_kb, ingested, some_parts

FULL = DiskFull("no space left to write", cure="free some space and run it again")


class Counting(ToyEmbedder):
    """Counts the passages that are embedded."""

    def __init__(self) -> None:
        self.passages = 0

    def embed_corpus(self, texts: Sequence[str], parts: Any, done: Any) -> Any:
        self.passages += len(texts)
        return super().embed_corpus(texts, parts, done)


class Shelf(NamedTuple):
    """Three articles that serve, and the parts to damage."""

    parts: Parts
    catalogue: DamageableCatalogue
    words: DamageableWords
    vectors: DamageableVectors
    pieces: DamageableParts
    embedder: Counting

    @property
    def generation(self) -> Generation:
        return serving(self.parts)

    @property
    def passages(self) -> tuple[Passage, ...]:
        return in_rows(self.parts.knowledge.passages(self.generation.id))

    def builds(self) -> tuple[int, ...]:
        """How often catalogue, words, vectors and parts were built."""
        derived = (self.catalogue, self.words, self.vectors, self.pieces)
        return tuple(one.builds for one in derived)


def a_shelf(folder: Path) -> Shelf:
    """Its articles ingested into this folder, each part built once, no passage counted yet."""
    catalogue, words, vectors = DamageableCatalogue(), DamageableWords(), DamageableVectors()
    pieces, embedder = DamageableParts(), Counting()
    derived = {"catalogue": catalogue, "lexical": words, "vectors": vectors, "parts": pieces}
    parts = some_parts(embedder=embedder, **derived)
    shelf = Shelf(parts, catalogue, words, vectors, pieces, embedder)
    kb = a_kb(folder, reset="Hold the button.", wifi="Join the network.", lock="Turn the key.")
    ingested(parts, kb)
    assert (embedder.passages, *shelf.builds()) == (3, 1, 1, 1, 1)
    embedder.passages = 0
    return shelf
