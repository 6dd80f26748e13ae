"""New clusters and the gaps kept of earlier runs -> which of them are the same gap.

By tickets first: of the kept gaps, the oldest first, each takes the cluster that holds most of its
tickets. So a gap that falls apart stays with its larger part, and where two grow together the
older one stays. What shares no ticket with any is matched by its direction: a file of another
month's tickets continues the same gaps.
"""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from assist.domain.base import Model
from assist.ports import Vectors

ALIKE = 0.75
"""Cosine of two centers from which on they are one gap. In the sample company, of halves of one
article's tickets 94 % are at least so near, of two articles' .2 %."""
MOST_KEPT = 5_000
"""Tickets remembered of a gap, the newest."""


class KeptGap(Model):
    """What is remembered of a gap: its tickets' ids, the oldest first, and its direction."""

    id: str
    tickets: tuple[str, ...]
    center: tuple[float, ...] = ()
    first_seen: date | None = None


class KeptGaps(Model):
    """The gaps of earlier runs, the oldest first."""

    gaps: tuple[KeptGap, ...] = ()
    embedder: str = ""
    """The model that the centers are of: another one's cannot be compared."""


class Found(NamedTuple):
    """A cluster of this run. Its tickets are distinct, in their order."""

    tickets: tuple[str, ...]
    center: Vectors
    first_seen: date | None = None


def identify(found: Sequence[Found], kept: KeptGaps, embedder: str) -> tuple[str, ...]:
    """An id per cluster, each once."""
    named = _by_tickets(found, kept)
    if kept.embedder == embedder:
        named |= _by_direction(found, kept, named)
    taken = set(named.values()) | {gap.id for gap in kept.gaps}
    for number, one in enumerate(found):
        if number not in named:
            named[number] = _new_id(one, taken)
            taken.add(named[number])
    return tuple(named[number] for number in range(len(found)))


def remember(found: Sequence[Found], ids: Sequence[str], kept: KeptGaps, embedder: str) -> KeptGaps:
    """What the next run is told: these gaps, and those of earlier runs that are in none of them."""
    before = {gap.id: gap for gap in kept.gaps}
    now = {name: _grown(before.get(name), one, name) for name, one in zip(ids, found, strict=True)}
    inside = {ticket for one in found for ticket in one.tickets}
    still = [
        now.get(gap.id, gap)
        for gap in kept.gaps
        if gap.id in now or not _mostly(gap.tickets, inside)
    ]
    new = [gap for name, gap in now.items() if name not in before]
    return KeptGaps(gaps=(*still, *new), embedder=embedder)


def _by_tickets(found: Sequence[Found], kept: KeptGaps) -> dict[int, str]:
    known = {ticket for gap in kept.gaps for ticket in gap.tickets}
    seen = {ticket for one in found for ticket in one.tickets}
    named: dict[int, str] = {}
    for gap in kept.gaps:
        mine = set(gap.tickets)
        shared = {
            number: len(mine.intersection(one.tickets))
            for number, one in enumerate(found)
            if number not in named
        }
        claims = [
            (count, -number)
            for number, count in shared.items()
            if count and 2 * count >= min(len(mine & seen), len(known & set(found[number].tickets)))
        ]
        if claims:
            named[-max(claims)[1]] = gap.id
    return named


def _by_direction(found: Sequence[Found], kept: KeptGaps, named: dict[int, str]) -> dict[int, str]:
    """Those none of whose tickets was seen before, with kept gaps none of whose tickets is here."""
    known = {ticket for gap in kept.gaps for ticket in gap.tickets}
    seen = {ticket for one in found for ticket in one.tickets}
    fresh = [n for n, one in enumerate(found) if n not in named and not known & set(one.tickets)]
    used = set(named.values())
    away = [
        gap for gap in kept.gaps if gap.center and gap.id not in used and not seen & {*gap.tickets}
    ]
    if not fresh or not away:
        return {}
    cosines = np.stack([found[n].center for n in fresh]) @ np.array([g.center for g in away]).T
    matched: dict[int, str] = {}
    for place in np.argsort(-cosines, axis=None, kind="stable").tolist():
        row, column = divmod(place, len(away))
        if cosines[row, column] < ALIKE:
            break
        if fresh[row] not in matched and away[column].id not in matched.values():
            matched[fresh[row]] = away[column].id
    return matched


def _new_id(one: Found, taken: set[str]) -> str:
    """Of the tickets' ids, so that the same tickets make the same id anywhere."""
    digest = hashlib.sha256("\n".join(sorted(one.tickets)).encode()).hexdigest()
    for length in range(8, len(digest)):
        if (name := f"gap-{digest[:length]}") not in taken:
            return name
    return f"gap-{digest}-{len(taken)}"


def _grown(before: KeptGap | None, one: Found, name: str) -> KeptGap:
    tickets = dict.fromkeys((*(before.tickets if before else ()), *one.tickets))
    days = [day for day in (before and before.first_seen, one.first_seen) if day]
    return KeptGap(
        id=name,
        tickets=tuple(tickets)[-MOST_KEPT:],
        center=tuple(round(float(number), 4) for number in one.center),
        first_seen=min(days, default=None),
    )


def _mostly(tickets: Sequence[str], inside: set[str]) -> bool:
    """Whether these have become part of another gap."""
    return 2 * sum(ticket in inside for ticket in tickets) >= len(tickets)
