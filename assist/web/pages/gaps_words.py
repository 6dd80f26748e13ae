"""What the pages of gaps say: kinds, states, what happened, and whose work each kind is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assist.domain.gap_work import GapHappening
from assist.domain.gaps import Gap, GapKind, GapState, GapTicket

KINDS: Mapping[GapKind, tuple[str, str]] = {
    "missing_article": ("missing article", "an editor writes it"),
    "unfindable": ("unfindable", "an editor adds the customers' words to the article"),
    "unclear": ("unclear", "an editor rewrites the article"),
    "contradictory": ("contradictory", "an editor removes one of two statements"),
    "duplicate": ("duplicate", "an editor merges two articles"),
    "stale": ("stale", "an editor reviews the article"),
    "wrong_audience": ("wrong audience", "an editor opens the article to customers"),
    "wrong_region_or_product": ("wrong region or product", "an editor writes the other edition"),
    "policy_silent": ("policy silent", "the policies' owner decides"),
    "product_defect": ("product defect", "the product's owner mends it"),
    "training_need": ("training need", "whoever trains agents"),
}
"""A kind in words, and who mends it."""
STATES: Mapping[GapState, tuple[str, str]] = {
    "open": ("open", "nobody has decided"),
    "accepted": ("accepted", "an article is on its way"),
    "rejected": ("rejected", "until its tickets have doubled"),
    "verified": ("verified", "new tickets find their answer"),
    "reopened": ("reopened", "looked at once, and not closed"),
}
"""A state in words, and what it means."""
TO_DO: tuple[GapState, ...] = ("open", "reopened")
"""What an editor has to look at."""
HAPPENED: Mapping[GapHappening, str] = {
    "found": "Found",
    "accepted": "Accepted",
    "edited": "Edited",
    "rejected": "Rejected",
    "reopened": "Reopened",
    "assigned": "Given to somebody",
    "proven": "Proven",
    "published": "Published",
    "verified": "Verified",
}
NO_LABEL = "(the words of a customer who was forgotten)"


def called(gap: Gap) -> str:
    """What a gap is about, in the customers' words while they may be kept."""
    return gap.label or NO_LABEL


def marked(ticket: GapTicket, gap: Gap) -> Iterator[tuple[str, bool]]:
    """The ticket's words in pieces, and whether a piece is a word that sets the gap apart."""
    words = [re.escape(word) for word in gap.keywords if word]
    if not words:
        yield ticket.text, False
        return
    pieces = re.split(rf"\b((?:{'|'.join(words)})\w{{0,4}})", ticket.text, flags=re.IGNORECASE)
    for number, piece in enumerate(pieces):
        if piece:
            yield piece, number % 2 == 1


WORDS: Mapping[str, Any] = {
    "kinds": KINDS,
    "states": STATES,
    "happened": HAPPENED,
    "called": called,
    "marked": marked,
}
