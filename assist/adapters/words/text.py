"""Text -> text whose words can be told apart: one spelling of a character, and no endless words.

Scripts that are written without spaces, and Korean with its particles, are cut into pairs of
neighboring characters: any word of two or more is then found, wherever a sentence has it.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

UNSPACED = (
    "\u0e00-\u0e4e\u0e80-\u0ece\u1000-\u103f\u1780-\u17d3\u3005-\u3007\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana, Chinese characters, hangul."""
CODE_CHARACTERS = 64

_UNSPACED = re.compile(f"[{UNSPACED}]+")
_WIDE = re.compile("[\uff01-\uff9f]+")
_MAY_BE_MARKED = re.compile("[\u0300-\u036f\u0483-\u0489\u0530-\u1dff\ua800-\uabff]")
_VOWELS = frozenset({103, 118})
"""Combining classes of vowels, in Thai and Lao; the others are accents, tones and joints."""
_THAI_SIGNS = range(0x0E47, 0x0E4F)
_DASH = re.compile("[\u2010-\u2013\u2212]")
_DIGIT = re.compile(r"\d")
_MIXED = re.compile(r"\d(?:(?=[-_.]?[^\W\d_])|(?<=[^\W\d_]\d)|(?<=[^\W\d_][-_.]\d))")
"""A digit beside a letter, as somewhere in every code."""
_RUN = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*")
_CODE = re.compile(r"(?!\d+-[^\W\d_]{3,}$)(?=.*\d)(?=.*[^\W\d_])", re.DOTALL)
"""A letter and a digit, but not a number and a word, as in `30-day`."""
_SQUEEZED = re.compile(r"[-_]+")


def readable(text: str) -> str:
    """The text with one spelling of each character, and pairs where there are no spaces.

    Lone surrogates, which no index takes, become `?`. Accents that are characters of their own,
    tone marks and the like are left out: a tokenizer would end the word there.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    text = _WIDE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    if _MAY_BE_MARKED.search(text):
        text = "".join(filter(_spells, text))
    return _UNSPACED.sub(_pairs, text)


def codes(text: str) -> list[str]:
    """The codes in `text`, in order: runs of letters and digits, with inner `-`, `_` and `.`.

    Upper and lower case are one, and so are `E-217`, `e_217` and `E217`.
    """
    if not _DIGIT.search(text):
        return []
    return [_squeezed(run) for piece in _mixed(_dashed(text)) for run in _codes(piece)]


def without_codes(text: str) -> str:
    """The text with a space in place of every code."""
    flat = _dashed(text)
    kept, end = [], 0
    for piece in _mixed(flat):
        start = flat.index(piece, end)
        kept += [flat[end:start], _RUN.sub(_blank_code, piece)]
        end = start + len(piece)
    return "".join([*kept, flat[end:]])


def _dashed(text: str) -> str:
    """Spaces between words, also where a script has none; one kind of dash, one of width."""
    if text.isascii():
        return text
    flat = " ".join(text.split())
    wide = _WIDE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), flat)
    return _UNSPACED.sub(r" \g<0> ", _DASH.sub("-", wide))


def _mixed(flat: str) -> Iterator[str]:
    """The parts between spaces that may hold a code; the rest of a text is passed over."""
    at = 0
    while found := _MIXED.search(flat, at):
        start = flat.rfind(" ", at, found.start()) + 1 or at
        end = flat.find(" ", found.end())
        at = len(flat) if end < 0 else end
        yield flat[start:at]


def _codes(piece: str) -> list[str]:
    return [run for run in _RUN.findall(piece) if _is_code(run)]


def _is_code(run: str) -> bool:
    return len(run) <= CODE_CHARACTERS and _CODE.match(run) is not None


def _squeezed(run: str) -> str:
    return _SQUEEZED.sub("", run).lower()


def _blank_code(match: re.Match[str]) -> str:
    return " " if _is_code(match.group()) else match.group()


def _spells(character: str) -> bool:
    """Whether it is more than a mark on the character before it."""
    combining = unicodedata.combining(character)
    return (not combining or combining in _VOWELS) and ord(character) not in _THAI_SIGNS


def _pairs(match: re.Match[str]) -> str:
    run = match.group()
    if len(run) == 1:
        return f" {run} "
    return f" {' '.join(a + b for a, b in pairwise(run))} "
