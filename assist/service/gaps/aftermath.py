"""After publishing: do new tickets of a gap's kind find their answer? By tickets, not by promise.

A gap counts as published when a document serves that names it in its front matter, or when with a
newer generation the tickets it was found in are no gap any more. Then only tickets that came in
since tell: of its kind is what lies nearest to its middle of all gaps, and as near as its own
tickets do.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from assist.domain.gap_work import GapEvent, TrackedGap
from assist.domain.knowledge import Generation
from assist.insights.gaps.gate import Gate, gate
from assist.insights.gaps.uncovered import Uncovered
from assist.retrieval.covering.judge import Embed

HELD = 0.8
"""Share of the new tickets that must be covered: one in five near a gap is of another kind."""
SHOWN = 20
"""Tickets named as evidence, the newest."""


@dataclass(frozen=True)
class Judged:
    """An issue of a ticket as it is covered now, and when the service saw it first."""

    issue: Uncovered
    seen_at: datetime

    @property
    def is_covered(self) -> bool:
        """Whether a reader finds the answer."""
        return self.issue.covered.state == "covered"


@dataclass(frozen=True)
class Aftermath:
    """What a look for gaps knows when it is done. `named` are gaps that documents name."""

    generation: Generation
    named: Collection[str]
    judged: Sequence[Judged]
    enough: int
    at: datetime

    @cached_property
    def bounds(self) -> Gate:
        """What is a gap among all that is asked now."""
        return gate([one.issue for one in self.judged])

    def look(
        self, gaps: Sequence[TrackedGap], embed: Embed, embedder: str
    ) -> Iterator[tuple[TrackedGap, GapEvent]]:
        """The gaps that changed by it, each with what happened; one may be told twice."""
        published = [self._published(gap) or (gap, None) for gap in gaps]
        yield from ((gap, event) for gap, event in published if event is not None)
        since = [when for gap, _ in published if (when := _since(gap))]
        if not since:
            return
        fresh = [one for one in self.judged if one.seen_at > min(since)]
        of_kind = _by_kind([gap for gap, _ in published], fresh, embed, embedder)
        for gap, _ in published:
            if (told := self._told(gap, of_kind.get(gap.gap.id, ()))) is not None:
                yield told

    def _published(self, gap: TrackedGap) -> tuple[TrackedGap, GapEvent] | None:
        if gap.state not in ("open", "accepted", "reopened") or gap.published_at is not None:
            return None
        made = self.generation.created_at
        if gap.gap.id in self.named and (gap.state != "reopened" or made > gap.changed_at):
            reason = "a document that serves is made to close it"
        elif made > gap.changed_at and self._answers(gap):
            reason = "a newer generation covers its tickets"
        else:
            return None
        event = self._event(gap, "published", reason, ())
        return gap.model_copy(update={"published_at": made}), event

    def _answers(self, gap: TrackedGap) -> bool:
        texts = {(ticket.ticket_id, ticket.text) for ticket in gap.gap.tickets}
        own = [
            one.issue.covered
            for one in self.judged
            if (one.issue.ticket_id, one.issue.text) in texts
        ]
        return bool(own) and not self.bounds.lacks(own)

    def _told(self, gap: TrackedGap, fresh: Sequence[Judged]) -> tuple[TrackedGap, GapEvent] | None:
        """By the tickets of its kind that came since."""
        since = _since(gap)
        new = [one for one in fresh if since and one.seen_at > since]
        tickets = list(dict.fromkeys(one.issue.ticket_id for one in new))
        if len(tickets) < self.enough:
            return None
        left = {one.issue.ticket_id for one in new if not one.is_covered}
        share = 1 - len(left) / len(tickets)
        lacks = self.bounds.lacks([one.issue.covered for one in new])
        if share >= HELD and not lacks:
            if gap.state == "verified":
                return None
            reason = f"{len(tickets) - len(left)} of {len(tickets)} new tickets are covered"
            event = self._event(gap, "verified", reason, tickets)
            return gap.model_copy(update={"state": "verified", "changed_at": self.at}), event
        lacking = [ticket for ticket in tickets if ticket in left]
        reason = f"{len(lacking)} of {len(tickets)} new tickets are still not covered"
        if share >= HELD:
            lacking = tickets
            reason = f"{len(tickets)} new tickets still find less than others do"
        event = self._event(gap, "reopened", reason, lacking)
        given = {"state": "reopened", "changed_at": self.at, "published_at": None}
        return gap.model_copy(update=given), event

    def _event(self, gap: TrackedGap, what: str, reason: str, tickets: Sequence[str]) -> GapEvent:
        key = f"{what}:{gap.gap.id}:{self.at.isoformat()}"
        told = {"key": key, "at": self.at, "what": what, "reason": reason}
        return GapEvent.model_validate(told | {"tickets": tuple(tickets)[-SHOWN:]})


def _since(gap: TrackedGap) -> datetime | None:
    """From when on tickets tell whether it is closed, or still is; none where none can."""
    if gap.state == "verified":
        return gap.changed_at
    return None if gap.state == "rejected" else gap.published_at


def _by_kind(
    gaps: Sequence[TrackedGap], fresh: Sequence[Judged], embed: Embed, embedder: str
) -> Mapping[str, Sequence[Judged]]:
    """Each issue with the gap in whose middle's reach it lies nearest, if it lies in any's."""
    near = [gap for gap in gaps if gap.center and gap.embedder == embedder]
    found: dict[str, list[Judged]] = {gap.gap.id: [] for gap in near}
    if not near or not fresh:
        return found
    centers = np.array([gap.center for gap in near], dtype=np.float32)
    cosines = embed([one.issue.text for one in fresh]) @ centers.T
    for one, row in zip(fresh, cosines, strict=True):
        best = int(row.argmax())
        if row[best] >= near[best].radius:
            found[near[best].gap.id].append(one)
    return found
