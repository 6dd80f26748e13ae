"""Tickets of one customer -> what they can be recognized by in any text."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from assist.domain.forgetting import Known, KnownKind

LONGEST_WORDS = 10
"""Of the rarest kind: long words. Fewer would miss a short letter, more take longer to look for."""
NUMBERS = 20
"""Words with a digit in them: numbers of orders, of parcels, of contracts."""
PHRASES = 5
TOLD: tuple[KnownKind, ...] = ("email", "phone", "name")
"""As a ticket's customer gives them, under the same names."""
WORD = re.compile(r"\w[\w./-]*\w")
PHRASE = re.compile(r"[^\n.!?]{24,}")
PHRASE_LENGTH = 48
LEAST_NUMBER, LEAST_WORD, LEAST_NAME = 6, 9, 5
"""Characters: what is shorter stands in texts by chance."""


def known_of(
    customer_id: str | None, ticket_ids: Iterable[str], tickets: Iterable[str]
) -> tuple[Known, ...]:
    """What the customer is known by, from the JSON of their tickets; nothing twice.

    A name of one word, and whatever is too short, is left out: it is everybody's. The JSON may be
    of any release: what it lacks is not there.
    """
    read = [json.loads(ticket) for ticket in tickets]
    found: dict[Known, None] = dict.fromkeys(recognized_by("id", customer_id))
    found |= dict.fromkeys(Known(kind="ticket", value=one) for one in sorted(ticket_ids))
    for ticket in read:
        found |= dict.fromkeys(_told(ticket))
    texts = [text for ticket in read for text in _asked(ticket)]
    found |= dict.fromkeys(Known(kind="words", value=one) for one in _rare(texts))
    return tuple(found)


def recognized_by(kind: KnownKind, value: str | None) -> Iterator[Known]:
    """The value as something known, unless there is none or it says too little."""
    said = (value or "").strip()
    too_short = kind == "name" and (len(said) < LEAST_NAME or " " not in said)
    if said and not too_short:
        yield Known(kind=kind, value=said)


def _told(ticket: Any) -> Iterator[Known]:
    customer = ticket.get("customer") or {}
    for kind in TOLD:
        yield from recognized_by(kind, customer.get(kind))


def _asked(ticket: Any) -> Iterator[str]:
    yield str(ticket.get("subject") or "")
    for message in ticket.get("messages") or ():
        if message.get("author", "customer") == "customer":
            yield str(message.get("text") or "")


def _rare(texts: Iterable[str]) -> Iterator[str]:
    """Words and phrases of these texts that are likely to stand nowhere else."""
    whole = "\n".join(texts)
    words = sorted(dict.fromkeys(WORD.findall(whole)), key=lambda word: (-len(word), word))
    numbers = [w for w in words if len(w) >= LEAST_NUMBER and any(c.isdigit() for c in w)]
    yield from numbers[:NUMBERS]
    long = [w for w in words if len(w) >= LEAST_WORD and w not in numbers]
    yield from long[:LONGEST_WORDS]
    phrases = sorted((p.strip() for p in PHRASE.findall(whole)), key=len, reverse=True)
    yield from (phrase[:PHRASE_LENGTH].strip() for phrase in phrases[:PHRASES])
