"""Sentence -> its kind: does it state something, promise, ask, or is it only polite?"""

import re

from assist.domain.draft import SentenceKind
from assist.drafting.grounding.links import links
from assist.drafting.grounding.reading import read
from assist.language.statements import is_formality

_POLITE = re.compile(
    r"\b(?:thank(?:s| you)|sorry|apologi[sz]e|apologies|regards|welcome|hello|hi|hey|dear|"
    r"sincerely|"
    r"cheers|pleasure|happy to (?:help|assist)|glad to (?:help|assist)|hope this helps|no problem|"
    r"let (?:me|us) know|feel free|do not hesitate|don't hesitate|reach out|understand how|"
    r"appreciate|reply to this|best wishes|have a (?:nice|great|good|lovely)|of course|sure thing|"
    r"congratulations|great question|good question|any (?:other|further|more) questions|"
    r"i understand|we understand|i see|see below|here (?:is|are|'s)|as follows|"
    r"(?:follow|take|try|do) (?:these|this|the following)(?: steps?)?)\b",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:i|we)(?:['’]ll|\s(?:will|shall|promise|guarantee)|['’](?:m|re)\s(?:going to|about to)|"
    r"\s(?:am|are)\s(?:going to|about to))\b",
    re.IGNORECASE,
)
_STATING_QUESTION = re.compile(
    r"^\W{0,3}(?:(?:did|do) you know|(?:are|were) you aware)\b"
    r"|^\W{0,3}(?:isn|aren|doesn|don|won)['’]t\b",
    re.IGNORECASE,
)
POLITE_WORDS = 4
"""A polite sentence with more words of its own states something besides."""


def kind_of(text: str) -> SentenceKind:
    """The kind of one sentence. What carries a value or a link is never only polite."""
    ends = text.rstrip("\"'”’)*_ ")
    if ends.endswith("?") and not _STATING_QUESTION.match(text):
        return "question"
    if is_formality(text):
        return "courtesy"
    reading = read(text)
    solid = [t for t in reading.terms if t.content and not t.light]
    rest = [t for t in solid if not _POLITE.search(t.form)]
    if (
        _POLITE.search(text)
        and not reading.values
        and not links(text)
        and len(rest) <= (POLITE_WORDS if ends.endswith(":") else POLITE_WORDS // 2)
    ):
        return "courtesy"
    return "promise" if _PROMISE.search(text) else "fact"
