"""The JSON object in what a model said: alone, in a code fence, or with talk around it."""

import json
from typing import Any

from assist.adapters.chat.stream import garbled

MOST_STARTS = 20
"""Opening braces tried: each may be read to the end of the text, and a text may be 4 MB."""
_THOUGHT = "</think>"
"""Models that think aloud end it so; braces in their thoughts are no answer."""


def object_in(text: str) -> str | None:
    """The text of the first non-empty JSON object in `text`, or None."""
    decoder = json.JSONDecoder()
    answer = text.rpartition(_THOUGHT)[2]
    start = -1
    for _ in range(MOST_STARTS):
        start = answer.find("{", start + 1)
        if start < 0:
            return None
        try:
            found, end = decoder.raw_decode(answer, start)
        except (ValueError, RecursionError):
            continue
        if found:
            return _storable(answer[start:end], found)
    return None


def _storable(text: str, found: Any) -> str:
    """Raise `ModelGarbled` for characters that no database or page can hold."""
    decoded = json.dumps(found, ensure_ascii=False)
    if "\\u0000" in decoded or not _encodes(decoded):
        raise garbled("the reply holds characters that are no text")
    return text


def plain(text: str) -> str:
    """The text, without thoughts and white space around it; raises `ModelGarbled` as above."""
    answer = text.rpartition(_THOUGHT)[2].strip()
    if "\0" in answer or not _encodes(answer):
        raise garbled("the reply holds characters that are no text")
    return answer


def _encodes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
