"""Tickets and how they are covered -> the issues that are not, with what the ticket says."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from assist.domain.coverage import NotJudged, TicketCoverage
from assist.domain.ticket import Message, Ticket
from assist.insights.gaps.uncovered import Uncovered
from assist.ports import Redactor
from assist.service.covering import Judged
from assist.understanding.customer_values import known_values
from assist.understanding.products import products_named

FEWEST_WORDS = 3
"""Of a message that comes back to the matter: "ok great" does not."""
_THANKS = re.compile(
    r"(?:(?:many|great|perfect|super|ok|okay|ah|hi|hello)\b[\s,.!]{0,9}){0,4}"
    r"(?:thanks|thank you|cheers)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\?|\b(?:but|still|not|however|yet|unfortunately)\b|n['’]t\b", re.IGNORECASE)
LONGEST_THANKS = 120
"""Characters: whoever writes more has more to say."""


def opening(ticket: Ticket) -> Ticket:
    """The ticket as it was first asked, before anybody answered.

    What customers write last is often "thanks" or "still nothing", and not what it is about.
    """
    said = ticket.messages
    answered = next(
        (n for n, one in enumerate(said) if one.author == "agent" and one.public), len(said)
    )
    before = said[:answered]
    asks = any(one.author == "customer" and one.public and one.text.strip() for one in before)
    return ticket.model_copy(update={"messages": before}) if asks else ticket


def without_signs(judged: Judged) -> Judged:
    """The same without what is said to a reader of coverage alone: most of what 100,000 weigh."""
    if not isinstance(judged, TicketCoverage):
        return judged
    issues = tuple(
        one.model_copy(update={"covered": one.covered.model_copy(update={"signs": ()})})
        for one in judged.issues
    )
    return judged.model_copy(update={"issues": issues})


def issues_of(
    pairs: Iterable[tuple[Ticket, Judged]], redactor: Redactor, products: Sequence[str]
) -> Iterator[Uncovered]:
    """Every issue of every ticket that was judged, whatever its coverage; redacted."""
    for ticket, judged in pairs:
        if isinstance(judged, TicketCoverage):
            yield from _issues(ticket, judged, redactor, products)


def not_judged(judged: Iterable[Judged]) -> tuple[NotJudged, ...]:
    """Those of which nothing can be said."""
    return tuple(one for one in judged if isinstance(one, NotJudged))


def _issues(
    ticket: Ticket, judged: TicketCoverage, redactor: Redactor, products: Sequence[str]
) -> Iterator[Uncovered]:
    known = known_values(ticket)
    public = [message for message in ticket.messages if message.public]
    answers = [message for message in public if message.author == "agent"]
    reply = redactor.redact(answers[-1].text, known) if answers else ""
    for issue in judged.issues:
        yield Uncovered(
            ticket_id=ticket.id,
            text=redactor.redact(issue.text, known),
            covered=issue.covered,
            at=ticket.created_at or _first(public),
            customer_id=ticket.customer.id or "",
            product=ticket.product or _named(issue.text, products),
            region=ticket.customer.region or "",
            tier=ticket.customer.tier or "",
            tags=ticket.tags,
            answers=len(answers),
            came_back=_came_back(public),
            reply=reply,
        )


def _first(messages: Sequence[Message]) -> datetime | None:
    return next((message.sent_at for message in messages if message.sent_at), None)


def _named(text: str, products: Sequence[str]) -> str:
    """The one product that is named; "" where none is, or several are."""
    named = products_named(text, products)
    return named[0] if len(named) == 1 else ""


def _came_back(messages: Sequence[Message]) -> bool:
    """Whether the customer said more after an answer than thanks."""
    answered = next((n for n, one in enumerate(messages) if one.author == "agent"), len(messages))
    later = [one.text for one in messages[answered:] if one.author == "customer"]
    return any(len(text.split()) >= FEWEST_WORDS and not _is_thanks(text) for text in later)


def _is_thanks(text: str) -> bool:
    told = text.strip()
    return len(told) <= LONGEST_THANKS and bool(_THANKS.match(told)) and not _MORE.search(told)
