"""Suggestions that were set aside and proved right -> topics to train agents in.

Never a person: a topic in which fewer than `AGENTS` set suggestions aside is not told, for its
gap would be one agent's report. No gap bears anybody's name or words but the customer's.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from assist.domain.gaps import Gap, GapTicket, ImpactFactor, Span

AGENTS = 3
"""Different agents from which on a topic is told."""
TICKETS = 3
"""Tickets from which on it is a topic rather than chance."""
SHOWN = 5
"""Quotes of the knowledge base that are shown."""
ID = "training-{}"


class Override(NamedTuple):
    """A suggestion that an agent rejected or rewrote, and that was right.

    `statement` is the customer's issue, redacted; `supported` the share of the draft's statements
    that the knowledge base bears out; `came_back`: the outcome tells so, else somebody judged it.
    """

    ticket_id: str
    category: str
    statement: str
    at: datetime
    agent: str
    supported: float
    came_back: bool
    quotes: tuple[Span, ...] = ()
    documents: tuple[str, ...] = ()


class Needs(NamedTuple):
    """Topics, and how many overrides are of topics with too few agents or tickets."""

    gaps: tuple[Gap, ...]
    few: int


def training_needs(overrides: Sequence[Override]) -> Needs:
    """By category, the most tickets first."""
    topics: dict[str, list[Override]] = {}
    for one in overrides:
        topics.setdefault(one.category, []).append(one)
    told = {name: some for name, some in topics.items() if _enough(some)}
    gaps = [_gap(name, some) for name, some in told.items()]
    return Needs(
        tuple(sorted(gaps, key=lambda gap: (-gap.impact, gap.id))),
        sum(len(some) for name, some in topics.items() if name not in told),
    )


def _enough(some: Sequence[Override]) -> bool:
    agents, tickets = {one.agent for one in some}, {one.ticket_id for one in some}
    return len(agents) >= AGENTS and len(tickets) >= TICKETS


def _gap(category: str, some: Sequence[Override]) -> Gap:
    tickets = _by_ticket(some)
    back = sum(one.came_back for one in tickets.values())
    volume, again = len(tickets), 1 + back / len(tickets)
    days = [one.at.date() for one in tickets.values()]
    quotes = dict.fromkeys(quote for one in tickets.values() for quote in one.quotes)
    return Gap(
        id=ID.format(category),
        kind="training_need",
        label=category,
        reason=f"agents set aside suggestions that the knowledge base supports: {volume} tickets, "
        f"{back} of them came back, {volume - back} judged right afterwards",
        documents=tuple(sorted({d for one in tickets.values() for d in one.documents})),
        evidence=tuple(quotes)[:SHOWN],
        tickets=tuple(_ticket(one) for one in tickets.values()),
        coverage=sum(one.supported for one in tickets.values()) / volume,
        factors=(
            ImpactFactor(name="volume", value=volume, weight=1.0, says=f"{volume} tickets"),
            ImpactFactor(
                name="repeat_contact", value=round(again, 4), weight=1.0, says=f"{back} came back"
            ),
        ),
        impact=round(volume * again, 4),
        first_seen=min(days),
        last_seen=max(days),
    )


def _by_ticket(some: Sequence[Override]) -> Mapping[str, Override]:
    """One of each ticket, the earliest first; one that came back tells most."""
    found: dict[str, Override] = {}
    for one in sorted(some, key=lambda one: (one.at, one.ticket_id)):
        if one.ticket_id not in found or one.came_back:
            found[one.ticket_id] = one
    return found


def _ticket(one: Override) -> GapTicket:
    return GapTicket(
        ticket_id=one.ticket_id,
        text=one.statement,
        coverage=one.supported,
        at=one.at,
        found=tuple(quote.source.removeprefix("passage:") for quote in one.quotes),
    )
