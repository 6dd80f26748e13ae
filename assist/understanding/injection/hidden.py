"""What a person does not see and a model reads: comments, invisible style, tag characters."""

import re
from collections.abc import Iterator

from assist.understanding.injection.findings import Finding
from assist.understanding.injection.loose import orders

_COMMENT = re.compile(r"<!--(.{1,20000}?)-->", re.DOTALL)
_INVISIBLE = re.compile(
    r"<[a-zA-Z][^<>]{0,300}?(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden"
    r"|font-size\s{0,3}:\s{0,3}[01](?:px|pt|em|%)?\s{0,3}[;\"']|opacity\s{0,3}:\s{0,3}0(?:\.0{1,3})?\s{0,3}[;\"']"
    r"|[^-]color\s{0,3}:\s{0,3}(?:#fff(?:fff)?|white|transparent)\b|\shidden\b)[^<>]{0,300}>"
    r"([^<]{8,5000})",
    re.IGNORECASE,
)
_TAGS = re.compile("(?<!\U0001f3f4)[\U000e0020-\U000e007e]{4,4000}")
"""Characters that mirror ASCII and are never drawn; after a black flag they name a region."""
_TURNED = re.compile("[A-Za-z0-9][^\n\u202d\u202e]{0,9}[\u202d\u202e][^\n]{0,200}")
"""The order of letters overruled in Latin text: it reads otherwise than it is written."""
_TO_ASCII = 0xE0000


def in_hidden(text: str) -> Iterator[Finding]:
    """Hidden text that gives orders, and hiding that no honest text does."""
    if "-->" in text:
        yield from _ordering(_COMMENT, text, "instructions in a comment that is not shown")
    if "<" in text:
        yield from _ordering(_INVISIBLE, text, "instructions in a style that is not shown")
    if text.isascii():  # most text: the rest looks for what is not
        return
    for match in _TAGS.finditer(text):
        said = "".join(chr(ord(c) - _TO_ASCII) for c in match.group())
        yield Finding(match.start(), match.end(), f"invisible characters that say “{said[:80]}”")
    for match in _TURNED.finditer(text):
        yield Finding(match.start(), match.end(), "reads otherwise than it is written")


def _ordering(pattern: re.Pattern[str], text: str, reason: str) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        if orders(match.group(1)):
            yield Finding(match.start(1), match.end(1), reason)
