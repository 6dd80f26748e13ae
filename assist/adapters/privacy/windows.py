"""A long text -> overlapping windows, so that what is slow on long texts never sees one."""

from collections.abc import Iterator

SIZE = 10_000
"""Characters of a window."""
OVERLAP = 400
"""Characters that two windows share: more than the longest find, so one of them holds it whole."""


def windows(text: str) -> Iterator[tuple[int, str]]:
    """(offset, piece) for pieces that cover the text; one empty text has no window."""
    start = 0
    while start < len(text):
        yield start, text[start : start + SIZE]
        if start + SIZE >= len(text):
            return
        start += SIZE - OVERLAP
