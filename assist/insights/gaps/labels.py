"""A cluster's texts -> its label: what the most central customer asked, shortened."""

import re

from assist.language.statements import fold

LONGEST = 80
"""Characters of a label: one line of a table."""
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def label(text: str) -> str:
    """The first question in it, else its first sentence of some length, cut at a word."""
    sentences = [fold(met.group()) for met in _SENTENCE.finditer(text)]
    told = [one for one in sentences if len(one.split()) > 2] or [fold(text)]
    asked = [one for one in told if one.endswith("?")]
    return _cut((asked or told)[0])


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    head = text[: LONGEST - 1]
    return f"{head.rsplit(' ', 1)[0] if ' ' in head else head}…"
