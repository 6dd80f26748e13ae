"""Paths -> documents: KB roots, folders of any format, helpdesk exports, BEIR corpora."""

from assist.adapters.documents.source import DocumentSource

__all__ = ["DocumentSource"]
