"""Encoded blocks -> those whose plain text gives instructions.

Base64, hexadecimal, percent and HTML escapes, text written backwards, and letters shifted by
thirteen. A block is suspected for what it says, never for being encoded: mail is full of tokens.
"""

import base64
import binascii
import codecs
import functools
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from assist.understanding.injection.findings import Finding
from assist.understanding.injection.grammar import in_words
from assist.understanding.injection.lexicon import lexicon
from assist.understanding.injection.loose import orders

BLOCK = 20_000
"""Characters of one block that are decoded."""
ENOUGH = 2
"""Kinds of telling words in one sentence: prose that somebody encoded is odd in itself."""
PRINTABLE = 0.9
"""Share of a decoded block that must be letters, digits and spaces' like for it to be text."""

_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{24,20000}={0,2}")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:0x|\\x)?(?:[0-9A-Fa-f]{2}(?:[ :]|\\x|%)?){12,6000}")
_ESCAPED = re.compile(r"(?:(?:%[0-9A-Fa-f]{2}|&#x?[0-9A-Fa-f]{2,6};)[^%&\s]{0,20}){4,2000}")
_BINARY = re.compile(r"(?<!\d)(?:[01]{8}[ ,]?){12,2000}")


def in_encoded(text: str) -> Iterator[Finding]:
    """Where a block says, once decoded, what would be suspected in the open."""
    for pattern, decoded in _DECODERS.items():
        for match in pattern.finditer(text):
            plain = decoded(match.group()[:BLOCK])
            if plain and _is_text(plain) and orders(plain, ENOUGH):
                yield Finding(match.start(), match.end(), "instructions in an encoded block")
    yield from _turned(text)


def _turned(text: str) -> Iterator[Finding]:
    """Text backwards or by thirteen letters, where it holds words for instructions so written."""
    lower = text.lower()
    if _holds(lower, _backwards()):
        for found in in_words(text[::-1]):
            start, end = len(text) - found.end, len(text) - found.start
            yield Finding(start, end, f"{found.reason}, written backwards")
    if _holds(lower, _shifted()):
        for found in in_words(codecs.decode(text, "rot13")):
            yield Finding(found.start, found.end, f"{found.reason}, with shifted letters")


def _is_text(plain: str) -> bool:
    return sum(c.isalnum() or c.isspace() or c in ".,!?'\"<>/=:;-()" for c in plain) >= (
        PRINTABLE * len(plain)
    )


def _from_base64(block: str) -> str:
    body = block.rstrip("=").replace("-", "+").replace("_", "/")
    body = body[: len(body) - (len(body) % 4 == 1)]
    try:
        return base64.b64decode(body + "=" * (-len(body) % 4)).decode("utf-8", "ignore")
    except binascii.Error:
        return ""


def _from_hex(block: str) -> str:
    digits = re.sub(r"0x|\\x|[^0-9A-Fa-f]", "", block)
    return bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("utf-8", "ignore")


def _from_escapes(block: str) -> str:
    return html.unescape(unquote(block))


def _from_binary(block: str) -> str:
    bits = re.sub(r"[^01]", "", block)
    return bytes(int(bits[n : n + 8], 2) for n in range(0, len(bits), 8)).decode("utf-8", "ignore")


_DECODERS = {
    _BASE64: _from_base64,
    _HEX: _from_hex,
    _ESCAPED: _from_escapes,
    _BINARY: _from_binary,
}


def _holds(lower: str, words: frozenset[str]) -> bool:
    """Whether one of these is a word of the text; a pattern takes .5 s for 1 MB, this .1."""
    for word in words:
        at = lower.find(word)
        while at >= 0:
            after = at + len(word)
            if not (lower[at - 1 : at].isalnum() or lower[after : after + 1].isalnum()):
                return True
            at = lower.find(word, after)
    return False


@functools.cache
def _backwards() -> frozenset[str]:
    return frozenset(word[::-1] for word in _instructions())


@functools.cache
def _shifted() -> frozenset[str]:
    return frozenset(codecs.encode(word, "rot13") for word in _instructions())


def _instructions() -> list[str]:
    named = lexicon().words.items()
    return [w for w, names in named if "INSTRUCTION" in names and w.isascii() and len(w) > 5]
