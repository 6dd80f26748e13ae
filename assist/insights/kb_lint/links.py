"""Links of a Markdown text to other documents of the knowledge base -> where they lead."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from assist.domain.knowledge import Document

_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]\n]{0,300})\]\((?P<target>[^)\s]{1,500})[^)\n]{0,200}\)")
_WIKI = re.compile(r"\[\[(?P<target>[^\]\n|]{1,200})(?:\|[^\]\n]{0,200})?\]\]")
_OUTSIDE = re.compile(r"^(?:[a-z][a-z0-9+.-]{1,20}:|//|#|\{)", re.IGNORECASE)
_FILE = re.compile(r"\.(?:md|markdown|html?|txt|pdf|docx)$", re.IGNORECASE)


class Link(NamedTuple):
    """A link as it is written, and its target without anchor."""

    written: str
    target: str

    def document(self, documents: Sequence[Document]) -> Document | None:
        """The document that it leads to: by id, by path, or by file name."""
        name = PurePosixPath(self.target).name
        bare = _FILE.sub("", name)
        for one in documents:
            path = PurePosixPath(one.source)
            if one.id in (self.target, _FILE.sub("", self.target), bare) or path.name == name:
                return one
        return None


def links(markdown: str) -> Iterator[Link]:
    """Links that name no place outside of the knowledge base."""
    for pattern in (_LINK, _WIKI):
        for met in pattern.finditer(markdown):
            target = unquote(met["target"]).partition("#")[0].strip()
            if target and not _OUTSIDE.match(target):
                yield Link(met.group(), target)
