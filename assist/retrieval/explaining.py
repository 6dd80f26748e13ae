"""What was found, and how -> words for a person."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from assist.domain.knowledge import Why
from assist.retrieval.fusion import Fused

TermsOf = Callable[[str], Collection[str]]
"""A text -> the terms it is searched by: stems and codes."""
LONGEST = 60
"""Characters of a word that is shown; what is longer is taken apart."""

_BETWEEN_MARKS = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
"""From the first letter or digit to the last."""
_RUNS = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*")
_WORDS = re.compile(r"[^\W_]+")


def in_words(fused: Fused, place: int, because: str, note: str) -> str:
    """The parts of one candidate's score, and what weighed them and why."""
    found, weight = fused.candidates, fused.weight
    meaning = (
        f"meaning {(1 - weight) * min(1.0, max(0.0, float(found.part[place]))):.2f} "
        f"(rank {fused.meaning_rank[place]}, cosine of its nearest part {found.part[place]:.2f})"
    )
    words = "words 0.00 (it holds none of them)"
    if fused.words_rank[place]:
        bm25 = float(found.words[place])
        earned = weight * bm25 / fused.best_words
        words = f"words {earned:.2f} (rank {fused.words_rank[place]}, BM25 {bm25:.1f})"
    trust = f"words weigh {weight:.2f}: {because}"
    return "; ".join(filter(None, (f"{meaning} + {words}", trust, note)))


def typed_words(text: str, terms_of: TermsOf) -> dict[str, str]:
    """Each term of a query -> its first word that became this term, as it was typed.

    A term that cannot be traced to one word is not there, as of a script without spaces, whose
    terms are pairs of characters. `terms_of` is asked once per word.
    """
    found: dict[str, str] = {}
    for piece in dict.fromkeys(text.split()):
        for term, word in _traced(piece, terms_of):
            found.setdefault(term, word)
    return found


def as_typed(why: Why, words: Mapping[str, str]) -> Why:
    """The same with the query's words in place of its terms, in their order, each once."""
    shown = dict.fromkeys(words.get(term, term) for term in why.terms)
    return why.model_copy(update={"terms": tuple(shown)})


def listed(names: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _traced(piece: str, terms_of: TermsOf) -> Iterator[tuple[str, str]]:
    """Term and word; of a piece that became several terms, by ever smaller parts of it."""
    inner = _BETWEEN_MARKS.search(piece)
    left = [inner.group()] if inner else []
    for smaller in (_RUNS, _WORDS, None):
        several: list[str] = []
        for word in left:
            terms = terms_of(word)
            if len(terms) == 1 and len(word) <= LONGEST:
                yield from ((term, word) for term in terms)
            elif terms and smaller:
                several += smaller.findall(word)
        left = several


def read_otherwise(note: str, slips: Mapping[str, Sequence[str]]) -> str:
    """The note on a query, and which of its words were taken for others."""
    read = (f"“{typed}” was searched as {listed(list(terms))}" for typed, terms in slips.items())
    return "; ".join(filter(None, (note, *read)))
