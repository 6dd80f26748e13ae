"""Reply -> its sentences: those of paragraphs, and each list entry by itself."""

import re

from assist.errors import TooLarge
from assist.language.sentences import sentences

LARGEST = 50_000
"""Characters of a reply that is checked: some 25 pages."""
_ENTRY = re.compile(r"^\s{0,9}(?:\d{1,3}[.)]|[-*+•])\s+")
_LOWER_END = re.compile(r"(?<=[.!?])\s+(?=[a-z])")


def pieces(text: str) -> tuple[str, ...]:
    """The sentences of a reply in order, without list marks. Raises `TooLarge`."""
    if len(text) > LARGEST:
        raise TooLarge(
            f"a reply of {len(text)} characters",
            where="text",
            cure=f"check at most {LARGEST} characters at a time",
        )
    cased = any(c.isupper() for c in text)
    blocks: list[str] = []
    for line in text.splitlines():
        if not line.strip():
            blocks.append("")
        elif _ENTRY.match(line) or not blocks or not blocks[-1]:
            blocks.append(_ENTRY.sub("", line, count=1).lstrip("# "))
        else:
            blocks[-1] = f"{blocks[-1]}\n{line}"
    parts = [part for block in blocks for part in _entries(block)]
    found = [span.text for part in parts for span in sentences(part)]
    if not cased:
        found = [part for piece in found for part in _LOWER_END.split(piece)]
    return tuple(piece for piece in found if any(c.isalnum() for c in piece))


_MARK = re.compile(r"(?:(?<=\s)|^)(\d{1,2})[.)]\s+(?=[\"'“*A-Z])")
_LEAST_ENTRIES = 3


def _entries(block: str) -> list[str]:
    """A block, or the entries of a list written in one line: “1. Open it. 2. Clean it. 3. …”."""
    marks: list[re.Match[str]] = []
    for mark in _MARK.finditer(block):
        if int(mark.group(1)) == len(marks) + 1:
            marks.append(mark)
    if len(marks) < _LEAST_ENTRIES:
        return [block]
    ends = [*(m.start() for m in marks[1:]), len(block)]
    return [
        block[: marks[0].start()],
        *(block[m.end() : end] for m, end in zip(marks, ends, strict=True)),
    ]
