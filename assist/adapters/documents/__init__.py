"""Paths -> documents: KB roots, folders of Markdown, BEIR corpora."""

from assist.adapters.documents.source import DocumentSource

__all__ = ["DocumentSource"]
