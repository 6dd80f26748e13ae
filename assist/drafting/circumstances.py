"""Sections for those in one situation only ("Somebody else is in your account") -> who is in it.

A heading that tells a situation says for whom the section is written, and its sentences do not say
it again: quoted to anybody else they are the wrong answer in the right words.
"""

import re
from collections.abc import Callable, Sequence

from assist.domain.knowledge import Passage
from assist.language.statements import Statement

Similarity = Callable[[str, Sequence[str]], Sequence[float]]

IN_IT = 0.35
"""Cosine of the customer's words and the heading from which on they may be in that situation. On
our own articles: 0.27 for "How do I reset my password?" and a break-in, 0.57 for a break-in told;
0.23 for an unwanted device and a damaged one; 0.40 and more for all who were in it."""

_SITUATION = re.compile(
    r"^(?:you|somebody|someone|nobody|if)\b|"
    r"\b(?:is|are|was|were|has|have|says|shows|cannot|does not|do not|did not|no longer)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:what|which|who|where|when|why|how|is|are|do|does|can)\b|\?\s*$", re.IGNORECASE
)


def tells_situation(heading: str) -> bool:
    """Whether a heading tells how things stand with the reader, rather than names a subject."""
    return bool(_SITUATION.search(heading)) and not _ASKS.search(heading)


def in_their_case(
    found: list[tuple[Passage, Statement]],
    told: Sequence[str],
    similarity: Similarity,
    named: Callable[[str], bool],
) -> list[tuple[Passage, Statement]]:
    """Without the sections for a situation that nothing of `told` is near; all where none is left.

    A heading that is `named` (by a code of the customer's) stays.
    """
    situations = list(dict.fromkeys(filter(tells_situation, (_heading(p) for p, _ in found))))
    words = [text for text in told if text]
    if not situations or not words:
        return found
    near = zip(*(similarity(text, situations) for text in words), strict=True)
    out = {
        heading
        for heading, cosines in zip(situations, near, strict=True)
        if max(cosines) < IN_IT and not named(heading)
    }
    return [(p, part) for p, part in found if _heading(p) not in out] or found


def _heading(passage: Passage) -> str:
    return passage.headings[-1] if passage.headings else ""
