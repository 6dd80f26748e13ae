"""LlamaIndex: `QueryFusionRetriever` over a vector index and `BM25Retriever`.

As its page on reciprocal rerank fusion shows it (mode `reciprocal_rerank`, k = 60 in its code,
`use_async=True`), with `num_queries` set to 1, "to disable query generation" by a language model.
The vector index keeps its nodes in memory, the default; BM25 drops English stop words and stems,
the default. Both retrievers get the `similarity_top_k` that is wanted. Fusion takes nodes of equal
text and metadata for one and adds up their ranks, so each carries its id, as nodes of any of its
readers carry their file; the id is left out of what is embedded and indexed. Without it boilerplate
that a corpus repeats came first (nDCG@10 .28 instead of .40 on one that does).
https://developers.llamaindex.ai/python/framework/integrations/retrievers/reciprocal_rerank_fusion
https://developers.llamaindex.ai/python/framework/integrations/retrievers/bm25_retriever

Ready vectors go in as `TextNode.embedding`, which the index does not compute again.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from llama_index.core import VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import TextNode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever


class Stack:
    """One knowledge base in LlamaIndex."""

    def __init__(self, model: Path, folder: Path) -> None:
        del folder  # nothing is saved by default
        self._embeddings = HuggingFaceEmbedding(model_name=str(model))
        self._index: Any = None
        self._bm25: Any = None

    def ingest(self, ids: Sequence[str], texts: Sequence[str], vectors: Any) -> None:
        """From texts to searchable, in memory."""
        nodes = [_node(name, text) for name, text in zip(ids, texts, strict=True)]
        if vectors is not None:
            for node, vector in zip(nodes, vectors, strict=True):
                node.embedding = vector.tolist()
        self._index = VectorStoreIndex(nodes, embed_model=self._embeddings)
        self._bm25 = BM25Retriever.from_defaults(nodes=nodes)

    def searching(self, depth: int) -> Callable[[str], list[str]]:
        """Search that asks both retrievers for `depth` passages."""
        # BM25 refuses to return more than there is.
        self._bm25.similarity_top_k = min(depth, len(self._index.docstore.docs))
        dense = self._index.as_retriever(similarity_top_k=depth)
        fusion = QueryFusionRetriever(
            [dense, self._bm25],
            llm=MockLLM(),  # the constructor wants one; with one query it is never asked
            mode="reciprocal_rerank",
            similarity_top_k=depth,
            num_queries=1,
            use_async=True,
        )

        def search(query: str) -> list[str]:
            return [found.node.node_id for found in fusion.retrieve(query)]

        return search


def _node(name: str, text: str) -> TextNode:
    metadata = {"passage": name}
    return TextNode(
        id_=name, text=text, metadata=metadata, excluded_embed_metadata_keys=list(metadata)
    )
