"""Any text -> where it seems to instruct a model that reads along: signals with their spans.

A signal accuses nobody and decides nothing: text is data wherever it comes from. It tells the agent
where to look. The words are read by a grammar of word classes (`rules.yaml`, `words/*.yaml`), the
same text once more where it is disguised, and apart from that what a person cannot see. With an
embedder two small linear models read the sentences as well (`meaning.py`).
"""

from collections.abc import Callable, Iterable
from itertools import islice

from assist.domain.suggestion import TicketSignal
from assist.understanding.injection.encoded import in_encoded
from assist.understanding.injection.findings import Finding, distinct
from assist.understanding.injection.grammar import in_words
from assist.understanding.injection.hidden import in_hidden
from assist.understanding.injection.links import in_links
from assist.understanding.injection.markup import in_markup
from assist.understanding.injection.meaning import Embed, fitted_for, in_meaning
from assist.understanding.injection.torn import in_torn_sentences
from assist.understanding.injection.unfolding import in_disguise

__all__ = ["MOST", "NAME", "SPAN", "Embed", "fitted_for", "suspicions"]

NAME = "injection"
MOST = 12
"""Signals of one text, and of one way of reading it: an agent reads no more."""
SPAN = 200
"""Characters of a span, at most."""

_READERS: tuple[Callable[[str], Iterable[Finding]], ...] = (
    in_words,
    in_markup,
    in_hidden,
    in_disguise,
    in_encoded,
    in_links,
    in_torn_sentences,
)


def suspicions(text: str, embed: Embed | None = None) -> tuple[TicketSignal, ...]:
    """Where `text` seems to instruct a model, in reading order, at most `MOST`.

    `span` stands in the text as it is, cut after `SPAN` characters; `reason` is for a person. The
    time is linear in the text. `embed` is that of an embedder whose name is `fitted_for`; it adds
    what is told by meaning alone, at about 2 ms for each sentence up to the sixtieth. Raises
    `EmbedderUnavailable` where it is another's.
    """
    found = distinct(f for read in _READERS for f in islice(read(text), MOST))
    if embed is not None:
        told = [f for f in in_meaning(text, embed) if not any(_overlap(f, one) for one in found)]
        found = distinct([*found, *told])
    return tuple(
        TicketSignal(name=NAME, span=text[f.start : min(f.end, f.start + SPAN)], reason=f.reason)
        for f in found[:MOST]
    )


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end
