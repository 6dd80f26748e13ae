"""Ticket -> what the customer says now. A burst of messages is one turn."""

import re

from assist.domain.ticket import Ticket
from assist.language.mail import body

FIRST, LAST = 6_000, 2_000
"""Characters of a text that are understood sentence by sentence, from its beginning and its end:
a thousand words, where most write what they want, and what they add last. A ticket of 199,000
characters took 92 seconds without the limit; phrases are looked for in all of it, limit or not."""
BORDER_WITHIN = 1_000
"""Characters in which a sentence is expected to end; one that does not is cut where it is."""
_BORDER = re.compile(r"[.!?…](?=\s)|\n")


def abridged(text: str) -> str:
    """The text, or of a long one its beginning and its end, cut between sentences."""
    if len(text) <= FIRST + LAST:
        return text
    head, tail = text[:FIRST], text[-LAST:]
    ends = [found.end() for found in _BORDER.finditer(head, FIRST - BORDER_WITHIN)]
    begins = _BORDER.search(tail, 0, BORDER_WITHIN)
    head, tail = head[: ends[-1] if ends else FIRST], tail[begins.end() if begins else 0 :]
    return f"{head.strip()}\n\n{tail.strip()}"


def current_turn(ticket: Ticket) -> str:
    """The customer's public messages since the last public reply, as one text.

    Where the customer has not written since, their last burst is still what is to be solved.
    """
    burst: list[str] = []
    closed = False
    for message in ticket.messages:
        if not message.public or message.author == "system":
            continue
        if message.author == "agent":
            closed = True
            continue
        if closed:
            burst, closed = [], False
        burst.append(body(message.text))
    return "\n\n".join(text for text in burst if text.strip())


def whole_conversation(ticket: Ticket) -> str:
    """Everything the customer said in this ticket, attachments' text included."""
    said = [ticket.subject or "", *(body(m.text) for m in ticket.asked)]
    said += [attachment.text or "" for attachment in ticket.attachments]
    return "\n\n".join(text for text in said if text.strip())
