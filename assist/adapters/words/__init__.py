"""The words of passages on disk: BM25 by tantivy over stems, neighboring words and codes."""

from assist.adapters.words.index import TantivyLexical

__all__ = ["TantivyLexical"]
