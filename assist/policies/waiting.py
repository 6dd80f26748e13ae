"""Messages -> when we waited for the customer: from our question until they write again.

The first message that asks begins the wait; a reminder after it does not begin another. A message
without a time begins and ends none: the clock runs on, and `untold` says why.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from assist.domain.sla import Asking
from assist.domain.ticket import Message
from assist.language.mail import body
from assist.language.phrases import find, mentions
from assist.language.sentences import sentences
from assist.policies.sla import zoned

QUESTION_MARKS = ("?", "？", "؟")
_CLOSING = " \t\n\"'”’)]»*_"
"""What may stand after a question mark: “(or both?)”."""


class Wait(NamedTuple):
    """A time in which the customer's answer was awaited; an open one lasts until now."""

    since: datetime
    until: datetime
    open: bool = False


class Waiting(NamedTuple):
    """The waits in order, without overlaps, and what could not be counted, in words."""

    waits: tuple[Wait, ...] = ()
    untold: tuple[str, ...] = ()


def waits_for_customer(messages: Sequence[Message], asking: Asking, now: datetime) -> Waiting:
    """When the customer was asked and had not yet answered, up to `now`, which needs a zone."""
    found = tuple(_questions(messages, asking))
    untold = []
    if any(asked is None for asked, _, __ in found):
        untold.append("a message that asks the customer bears no time, so its wait is not counted")
    if any(asked and answered and at is None for asked, at, answered in found):
        untold.append("an answer of the customer bears no time, so its wait is not counted")
    waits = [
        Wait(asked, min(at or now, now), open=not answered)
        for asked, at, answered in found
        if asked is not None and (at is not None or not answered)
    ]
    return Waiting(_disjoint(waits), tuple(untold))


def asks(text: str, asking: Asking) -> bool:
    """Whether a message of ours asks the customer for something.

    A sentence that ends in a question mark does, and one with a phrase of `asking`, unless it is
    one of its courtesies. Quoted mail below the message is not read.
    """
    return any(_asks(sentence.text, asking) for sentence in sentences(body(text)))


def _asks(sentence: str, asking: Asking) -> bool:
    if mentions(asking.not_phrases, sentence):
        return False
    questioned = sentence.rstrip(_CLOSING).endswith(QUESTION_MARKS)
    return questioned or bool(find(asking.phrases, sentence))


_Question = tuple[datetime | None, datetime | None, bool]
"""When we asked, when the customer answered, and whether they did."""


def _questions(messages: Sequence[Message], asking: Asking) -> Iterator[_Question]:
    open_, asked = False, None
    for message in messages:
        if not message.public or message.author == "system":
            continue
        sent = zoned(message.sent_at) if message.sent_at else None
        if message.author == "customer":
            if open_:
                yield asked, sent, True
            open_, asked = False, None
        elif asks(message.text, asking):
            open_, asked = True, asked or sent
    if open_:
        yield asked, None, False


def _disjoint(waits: Sequence[Wait]) -> tuple[Wait, ...]:
    """In order; of two that overlap, as the times of messages out of order do, the rest of one."""
    kept: list[Wait] = []
    for wait in sorted(waits):
        since = max(wait.since, kept[-1].until) if kept else wait.since
        if since < wait.until:
            kept.append(wait._replace(since=since))
    return tuple(kept)
