"""A place in a text and why it is suspected."""

from collections.abc import Iterable
from typing import NamedTuple


class Finding(NamedTuple):
    """What stands at `text[start:end]` is suspected; `reason` says why, in words for a person."""

    start: int
    end: int
    reason: str


def distinct(found: Iterable[Finding]) -> list[Finding]:
    """In reading order; of those that overlap and say the same, the first and longest."""
    kept: list[Finding] = []
    reached: dict[str, int] = {}
    for finding in sorted(found, key=lambda f: (f.start, -f.end)):
        if finding.start >= reached.get(finding.reason, 0):
            kept.append(finding)
            reached[finding.reason] = finding.end
    return kept
