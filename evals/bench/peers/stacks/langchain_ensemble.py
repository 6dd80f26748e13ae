"""LangChain: `EnsembleRetriever` over `BM25Retriever` and a Chroma vector store.

As its reference and how-to pages show it: equal weights, which are the default, and c = 60; BM25
splits at white space and keeps case (`default_preprocessing_func`); Chroma keeps its collection in
a folder; embeddings by `HuggingFaceEmbeddings`. The pages give both retrievers the k that is
wanted, and so do we. Passages of equal text are one result whose ranks add up, as by default: on a
corpus that repeats itself an `id_key` would help (nDCG@10 .34 instead of .23).
https://reference.langchain.com/python/langchain-classic/retrievers/ensemble/EnsembleRetriever
https://docs.langchain.com/oss/python/integrations/vectorstores/chroma

Ready vectors go in by the Chroma client that the store is then opened on, the documented
"initialization from client".
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import chromadb
from langchain_chroma import Chroma
from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings

NAME = "passages"


class Stack:
    """One knowledge base in LangChain."""

    def __init__(self, model: Path, folder: Path) -> None:
        self._folder = str(folder)
        self._embeddings = HuggingFaceEmbeddings(model_name=str(model))
        self._store: Any = None
        self._bm25: Any = None

    def ingest(self, ids: Sequence[str], texts: Sequence[str], vectors: Any) -> None:
        """From texts to searchable; Chroma writes to disk as it does by default."""
        documents = [
            Document(page_content=text, metadata={"passage": name}, id=name)
            for name, text in zip(ids, texts, strict=True)
        ]
        if vectors is None:
            self._store = Chroma.from_documents(
                documents, self._embeddings, collection_name=NAME, persist_directory=self._folder
            )
        else:
            self._store = self._from_vectors(documents, vectors)
        self._bm25 = BM25Retriever.from_documents(documents)

    def searching(self, depth: int) -> Callable[[str], list[str]]:
        """Search that asks both retrievers for `depth` passages."""
        bm25 = self._bm25.model_copy(update={"k": depth})
        dense = self._store.as_retriever(search_kwargs={"k": depth})
        ensemble = EnsembleRetriever(retrievers=[bm25, dense], weights=[0.5, 0.5])

        def search(query: str) -> list[str]:
            return [found.metadata["passage"] for found in ensemble.invoke(query)][:depth]

        return search

    def _from_vectors(self, documents: Sequence[Document], vectors: Any) -> Chroma:
        client = chromadb.PersistentClient(self._folder)
        collection = client.get_or_create_collection(NAME)
        size = client.get_max_batch_size()
        for start in range(0, len(documents), size):
            batch = documents[start : start + size]
            collection.add(
                ids=[str(d.id) for d in batch],
                documents=[d.page_content for d in batch],
                metadatas=[d.metadata for d in batch],
                embeddings=vectors[start : start + size],
            )
        return Chroma(client=client, collection_name=NAME, embedding_function=self._embeddings)
