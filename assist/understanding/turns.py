"""Ticket -> what the customer says now. A burst of messages is one turn."""

from assist.domain.ticket import Ticket
from assist.language.mail import body


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
