"""Text -> words with their stems, and where one clause or sentence ends and the next begins."""

import functools
import re
from typing import Literal, NamedTuple

from assist.language.remembered import remembered

Break = Literal["", "clause", "sentence"]

_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힯]|[^\W_぀-ヿ㐀-鿿가-힯]+(?:['’][^\W_]+)*")
_SENTENCE_BREAK = re.compile(r"[.!?;:…](?=\s|$|[\"'”’)\]])|[。！？]|\n\s*\n|\n\s*[-*•>]")
_CLAUSE_BREAK = re.compile(r"[,()\[\]，、–—]|\s-+\s")

_IRREGULAR = {
    "burnt": "burn", "smelt": "smell", "caught": "catch", "broke": "break", "broken": "break",
    "stolen": "steal", "stole": "steal", "frozen": "freez", "froze": "freez",
}  # fmt: skip
_MIN_STEM = 3
_GAP_READ = 200
"""Characters read between two words; whoever writes a longer gap has ended the sentence."""


class Word(NamedTuple):
    """One word: where it stands, itself in lower case, its stem, and the break before it."""

    start: int
    end: int
    form: str
    stem: str
    after: Break


@remembered(512)
def words(text: str) -> tuple[Word, ...]:
    """The words of `text`, kept for the last texts: one ticket is asked for many phrases."""
    return split(text)


def split(text: str) -> tuple[Word, ...]:
    """The words of `text` in order; hyphens part them. Linear time."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        form = match.group().casefold().replace("’", "'")
        between = _break_in(text, end, match.start()) if found else ""
        found.append(Word(match.start(), match.end(), form, stem(form), between))
        end = match.end()
    return tuple(found)


def _break_in(text: str, start: int, end: int) -> Break:
    if end - start > _GAP_READ:
        return "sentence"
    if end - start == 1 and text[start] in " -/":
        return ""
    # One character past the gap is read too: a full stop inside "3.5" ends nothing.
    until = end + 1
    if _SENTENCE_BREAK.search(text, start, until):
        return "sentence"
    return "clause" if _CLAUSE_BREAK.search(text, start, until) else ""


@functools.lru_cache(maxsize=50_000)
def stem(form: str) -> str:
    """A word without its English inflection: smoke, smokes, smoked and smoking are one."""
    word = _told(form)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not word.isascii() or not word.isalpha() or len(word) <= _MIN_STEM:
        return word
    word = _base(word)
    if len(word) > _MIN_STEM and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > _MIN_STEM else word


def singular(form: str) -> str:
    """A word without the plural s: the narrow reading that keeps smoked and smoke apart."""
    word = _told(form)
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural and len(word) > _MIN_STEM else word


def _told(form: str) -> str:
    """Without a genitive; "doesn't" as it is typed in a hurry, "doesnt"."""
    return form.replace("'", "") if form.endswith("n't") else form.removesuffix("'s")


def _base(word: str) -> str:
    if word.endswith("ies") and len(word) > _MIN_STEM + 1:
        return word[:-3] + "i"
    for suffix in ("ing", "ed"):
        base = word.removesuffix(suffix)
        if base != word and len(base) >= _MIN_STEM and not word.endswith("eed"):
            return base if any(letter in "aeiouy" for letter in base) else word
    if word.endswith(("ses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    word = singular(word)
    return word[:-1] if word.endswith("e") and len(word) > _MIN_STEM else word
