"""A case's tickets, ledger and replies -> when its customer wrote, was promised what, praised whom.

Nothing is guessed: a message without a time is no contact that could be placed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from assist.domain.casework import Casework
from assist.domain.ledger import Entry
from assist.domain.seen_case import Praised, Promised
from assist.domain.ticket import Message, Ticket
from assist.language.phrases import find
from assist.language.sentences import sentences
from assist.policies.sla import zoned
from assist.understanding.mood import FRUSTRATION, PRAISE

PLEASED = 4
"""Ratings of 1 to 5 from which on what is said of the outcome is no complaint."""
Redact = Callable[[str], str]


def contacts(
    ticket: Ticket, work: Casework, ledger: Sequence[Entry], redact: Redact
) -> Mapping[str, Any]:
    """What of it a case as trends count it holds. `ticket` is the newest."""
    return {
        "wrote_at": tuple(zoned(one.sent_at) for one in ticket.asked if one.sent_at),
        "promises": tuple(map(_promised, (one for one in ledger if one.kind == "promise"))),
        "praise": tuple(_praise(ticket, work, redact)),
    }


def _promised(entry: Entry) -> Promised:
    return Promised(
        text=entry.what, made_at=entry.made_at, due=entry.reminded_at, settled_at=entry.settled_at
    )


def _praise(ticket: Ticket, work: Casework, redact: Redact) -> Iterator[Praised]:
    """Of the customer's messages and of what was said of the outcome."""
    for message in ticket.asked:
        for words in _praising(message):
            at = zoned(message.sent_at) if message.sent_at else None
            yield Praised(words=redact(words), at=at, by=_before(work, at))
    outcome = work.outcome
    if (
        outcome
        and outcome.comment
        and (outcome.rating or 0) >= PLEASED
        and _is_praise(outcome.comment)
    ):
        yield Praised(words=redact(outcome.comment), by=_before(work, None))


def _praising(message: Message) -> Iterator[str]:
    """Sentences that praise; none of a message that complains too: that may well be irony."""
    if find(FRUSTRATION, message.text):
        return
    for sentence in sentences(message.text):
        if _is_praise(sentence.text):
            yield sentence.text


def _is_praise(text: str) -> bool:
    return bool(find(PRAISE, text))


def _before(work: Casework, at: datetime | None) -> tuple[str, ...]:
    """Whose replies had gone out by then; without a time, all."""
    sent = (one.by for one in work.sent if one.by and (at is None or one.at <= at))
    return tuple(dict.fromkeys(sent))
