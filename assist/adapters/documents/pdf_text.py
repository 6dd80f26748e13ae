"""Lines of words -> running text: words joined over line ends, links as Markdown."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assist.adapters.documents.pdf_words import Line

HYPHENS = "-\u2010"
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_SHARING = frozenset({"and", "or", "to"})
"""Words after which a hyphen stands for the rest of a word to come: pre- and post-sale."""
_EDGES = ".,;:!?()[]\"'“”‘’"


@dataclass(frozen=True, slots=True)
class Token:
    """A word of running text and the address it leads to, if any."""

    text: str
    link: str = ""


def spelled(text: str) -> str:
    """The word without ligatures, which no search would match."""
    return text.translate(_LIGATURES)


def vocabulary(found: Iterable[str]) -> frozenset[str]:
    """Words as they stand elsewhere, lower case, to tell what a hyphen at a line's end means."""
    return frozenset(map(_bare, found))


def tokens(found: Sequence[Line], known: Collection[str] = ()) -> list[Token]:
    """The words of these lines in order, one cut at a line's end made whole."""
    made: list[Token] = []
    for line in found:
        first, *rest = (Token(word.text, word.link) for word in line.words)
        joined = _joined(made[-1].text, first.text, known) if made else ""
        if joined:
            made[-1] = replace(made[-1], text=joined)
        else:
            made.append(first)
        made += rest
    return made


def _joined(before: str, after: str, known: Collection[str]) -> str:
    """Both as one word where a hyphen parts them; empty where it does not."""
    if before.endswith("\u00ad"):
        return before[:-1] + after
    parted = len(before) > 1 and before[-1] in HYPHENS and before[-2].isalnum()
    if not parted or not after[:1].isalnum() or after in _SHARING:
        return ""
    compound, whole = before + after, before[:-1] + after
    if not (before[-2].isalpha() and after[0].islower()) or "-" in before[:-1]:
        return compound
    meant = _bare(compound) in known and _bare(whole) not in known
    return compound if meant else whole


def _bare(word: str) -> str:
    return word.strip(_EDGES).lower()


def markdown(found: Iterable[Token]) -> str:
    """The words on one line; neighbors that lead to one address are one link."""
    return " ".join(_linked(found))


def _linked(found: Iterable[Token]) -> Iterator[str]:
    held: list[Token] = []
    for token in [*found, Token("")]:
        if held and held[-1].link != token.link:
            words = " ".join(part.text for part in held)
            yield _link(words, held[-1].link) if held[-1].link else words
            held = []
        if token.text:
            held.append(token)
    if held:
        yield " ".join(part.text for part in held)


def _link(words: str, address: str) -> str:
    """The link, without the full stop or comma that its area on the page took in."""
    bare = words.rstrip(".,;:") or words
    shown = bare.replace("[", "(").replace("]", ")")
    return f"[{shown}]({address}){words[len(bare) :]}"
