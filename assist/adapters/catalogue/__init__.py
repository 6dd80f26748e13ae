"""The passages of a generation on disk, read by row, id and document as they are asked for."""

from assist.adapters.catalogue.index import FileCatalogue

__all__ = ["FileCatalogue"]
