"""Ourselves, in the same measurement: `assist ingest` and `assist search` in a home of its own.

Each passage is a document of one passage. The embedded PostgreSQL is part of what is measured;
vectors of queries are not kept, so that no query is cheaper than a new one. The model is the
packaged one, which is the one that peers are given, as compiled in the usual home: that takes half
a minute once per machine, and is not counted.

Ready vectors are taken in place of the model's; then every part of a passage has the passage's
vector: search does the same work, its ranking means nothing.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.ports import Read
from assist.retrieval.parts import PARTS
from assist.service.desk import Desk
from assist.settings import Settings
from assist.wiring import opened
from evals.homes import usual_models

LARGEST = 127


class Stack:
    """One knowledge base of ours."""

    def __init__(self, model: Path, folder: Path) -> None:
        del model  # the packaged one
        folder.chmod(0o711)  # PostgreSQL's own user must pass through
        self._folder = folder
        self._open = opened(Settings(home=folder / "home", compiled=usual_models()))
        self._desk: Desk = self._open.__enter__()
        embedder = SentenceEmbedder(compiled=usual_models(), cache=0)
        embedder.embed(["ready"])
        self._desk.parts = replace(self._desk.parts, embedder=embedder)

    def ingest(self, ids: Sequence[str], texts: Sequence[str], vectors: Any) -> None:
        """From texts to searchable."""
        corpus = self._folder / "corpus.jsonl"
        with corpus.open("w", encoding="utf-8") as lines:
            for name, text in zip(ids, texts, strict=True):
                lines.write(json.dumps({"_id": name, "title": "", "text": text}) + "\n")
        if vectors is not None:
            given = _Given(self._desk.parts.embedder, dict(zip(texts, vectors, strict=True)))
            self._desk.parts = replace(self._desk.parts, embedder=given)
        self._desk.ingest(corpus, progress=lambda *_: None)
        self._desk.opened()

    def searching(self, depth: int) -> Callable[[str], list[str]]:
        """Search as commands and routes do, without what a desk remembers of queries."""
        searcher = replace(self._desk.opened().library.searcher, embedder=self._desk.parts.embedder)

        def search(query: str) -> list[str]:
            self._desk.opened()
            found = searcher.find(query, kind=None, top_k=depth, filters={})
            return [hit.document_id for hit in found]

        return search

    def close(self) -> None:
        """Stop the database, whose files go with the folder."""
        self._open.__exit__(None, None, None)


class _Given:
    """The embedder, but for a corpus whose vectors are known."""

    def __init__(self, own: Any, rows: dict[str, Any]) -> None:
        self._own, self._rows = own, rows
        self.name, self.dimension = own.name, own.dimension
        self.max_pieces, self.languages = own.max_pieces, own.languages
        self.embed, self.pieces = own.embed, own.pieces

    def embed_corpus(
        self, texts: Sequence[str], parts: Sequence[Any], done: Callable[[int], None]
    ) -> Read:
        vectors = np.stack([self._row(text) for text in texts]).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        whole = np.rint(vectors / np.abs(vectors).max(axis=1, keepdims=True) * LARGEST)
        kept = np.zeros((len(texts), PARTS, self.dimension), dtype=np.int8)
        for place, ranges in enumerate(parts):
            kept[place, : len(ranges)] = whole[place]
        done(len(texts))
        return Read(vectors, kept)

    def _row(self, text: str) -> Any:
        return self._rows[text] if text in self._rows else self._own.embed([text])[0]
