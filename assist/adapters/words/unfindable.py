"""Passages -> those that their own words do not find."""

from collections.abc import Iterator, Mapping, Sequence

from assist.adapters.words.languages import words
from assist.adapters.words.opened import Opened
from assist.adapters.words.text import readable
from assist.domain.knowledge import Passage
from assist.ports import Progress

OWN_WORDS = 8
"""Words of a passage it is looked for by, its rarest."""
FIRST = 100
"""Hits among which a passage is found by its own words. Passages that say nearly the same crowd out
one another; one as good as the last of these is found too."""
EQUAL = 1e-4
"""Scores no further apart are equal: the order of adding up changes the last digits."""
TOLD = 200
"""Passages after which progress is told."""


def unfindable(
    opened: Opened, passages: Mapping[int, Passage], progress: Progress
) -> Iterator[int]:
    """Those of these rows that their words do not find; one without words is not meant."""
    for done, (row, passage) in enumerate(passages.items()):
        if done % TOLD == 0:
            progress("words", done, len(passages))
        said = opened.rarest(_words(passage.reading))
        if said and not any(_found(opened, row, some) for some in (said[:OWN_WORDS], said)):
            yield row
    progress("words", len(passages), len(passages))


def _words(text: str) -> frozenset[str]:
    return frozenset(words(readable(text)))


def _found(opened: Opened, row: int, said: Sequence[str]) -> bool:
    """Whether these words bring the row among the first, or as near as the last of them."""
    text = " ".join(said)
    first = opened.search(text, FIRST, opened.passages.all)
    if row in first.rows:
        return True
    own = opened.search(text, 1, ((row, row + 1),))
    return bool(own.rows.size) and float(own.scores[0]) >= float(first.scores[-1]) - EQUAL
