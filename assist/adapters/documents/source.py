"""The adapter of `ports.Source`. What reads the formats is loaded once something is read."""

from pathlib import Path

from assist.domain.knowledge import Kind
from assist.ports import Reading


class DocumentSource:
    """Reads paths.

    What a document says about itself (front matter, row metadata) decides its kind; then the
    `kind` given; then the folder it is in; then `kb`.
    """

    def read(self, path: Path, kind: Kind | None) -> Reading:
        """Everything under `path`. Raises `BadKnowledgeBase` where nothing can be read at all."""
        from assist.adapters.documents.paths import read_path

        return read_path(path, kind)
