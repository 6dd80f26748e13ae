"""Haystack: a pipeline of BM25 and embedding retrieval in memory, joined by reciprocal ranks.

As the page on `DocumentJoiner` shows hybrid retrieval: `InMemoryBM25Retriever` (BM25L, the default)
and `SentenceTransformersTextEmbedder` with `InMemoryEmbeddingRetriever` (dot product, the default),
joined with `join_mode="reciprocal_rank_fusion"`. Both retrievers get the `top_k` that is wanted.
Documents carry no metadata, and their ids are the passages'.
https://docs.haystack.deepset.ai/docs/documentjoiner

Ready vectors go in as `Document.embedding`.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)


class Stack:
    """One knowledge base in Haystack."""

    def __init__(self, model: Path, folder: Path) -> None:
        del folder  # nothing is saved by default
        self._documents = SentenceTransformersDocumentEmbedder(model=str(model), progress_bar=False)
        self._documents.warm_up()
        self._model = str(model)
        self._store = InMemoryDocumentStore()

    def ingest(self, ids: Sequence[str], texts: Sequence[str], vectors: Any) -> None:
        """From texts to searchable, in memory."""
        documents = [Document(id=name, content=t) for name, t in zip(ids, texts, strict=True)]
        if vectors is None:
            documents = self._documents.run(documents)["documents"]
        else:
            for document, vector in zip(documents, vectors, strict=True):
                document.embedding = vector.tolist()
        self._store.write_documents(documents)

    def searching(self, depth: int) -> Callable[[str], list[str]]:
        """Search that asks both retrievers for `depth` passages."""
        embedder = SentenceTransformersTextEmbedder(model=self._model, progress_bar=False)
        pipeline = Pipeline()
        pipeline.add_component("text_embedder", embedder)
        pipeline.add_component("dense", InMemoryEmbeddingRetriever(self._store, top_k=depth))
        pipeline.add_component("bm25", InMemoryBM25Retriever(self._store, top_k=depth))
        pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        pipeline.connect("text_embedder.embedding", "dense.query_embedding")
        pipeline.connect("bm25", "joiner")
        pipeline.connect("dense", "joiner")
        pipeline.warm_up()

        def search(query: str) -> list[str]:
            found = pipeline.run({"text_embedder": {"text": query}, "bm25": {"query": query}})
            return [document.id for document in found["joiner"]["documents"]][:depth]

        return search
