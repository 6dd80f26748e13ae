"""Use case: the tickets this service has seen -> gaps kept, grown, closed or opened again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from assist.domain.gap_work import GapEvent, GapRun, GapSettings, TrackedGap
from assist.domain.gaps import Gap
from assist.insights.gaps.drafts import draft
from assist.insights.gaps.identity import KeptGap, KeptGaps
from assist.insights.gaps.labels import label
from assist.ports import Progress, Vectors
from assist.service.covering import Covering
from assist.service.gaps.aftermath import Aftermath, Judged
from assist.service.gaps.finding import Mined, find_gaps
from assist.service.gaps.placing import map_of
from assist.service.gaps.proposals import drafts_of
from assist.service.gaps.seen import Seen, overridden, seen_since
from assist.service.gaps.writing import GAP, written
from assist.service.indexing import silent

DOUBLED = 2
"""Times the tickets that a rejected gap had, from which on it is looked at again."""
Remake = Callable[[TrackedGap], TrackedGap]
REACH = 0.1
"""Share of a gap's own issues that lie beyond its radius: the odd ones do not widen it."""


@dataclass(frozen=True)
class Mining:
    """One look for gaps, at one time."""

    covering: Covering
    settings: GapSettings
    at: datetime

    def run(self, progress: Progress = silent) -> GapRun:
        """Find, and keep what was found. Raises `NoIndex`."""
        parts = self.covering.desk.parts
        before = {gap.gap.id: gap for gap in parts.gaps.tracked()}
        seen = seen_since(parts, self.at - timedelta(weeks=self.settings.weeks))
        tickets = [one.ticket for one in seen]
        generation = self.covering.desk.opened().library.generation
        kept = kept_of(tuple(before.values()), generation.embedder)
        mined = find_gaps(self.covering, tickets, kept=kept, progress=progress)
        states = [self._keep(gap, before) for gap in self._found(mined, seen, generation.embedder)]
        self._let_go(before, mined, generation.embedder)
        self._refresh(mined)
        happened = [*states, *self._closed(mined, seen)]
        points = map_of(mined, self.covering.coverer(progress).embed)
        return GapRun(
            started_at=self.at,
            ended_at=parts.clock.now(),
            tickets=mined.report.tickets,
            covered=mined.report.covered,
            found=len(mined.report.gaps),
            new=happened.count("found"),
            verified=happened.count("verified"),
            reopened=happened.count("reopened"),
            generation=generation.id,
            notes=mined.report.notes,
            points=tuple((one.x, one.y, one.coverage, one.gap) for one in points),
            gaps=tuple(gap.id for gap in mined.report.gaps),
        )

    def _found(self, mined: Mined, seen: Sequence[Seen], embedder: str) -> list[TrackedGap]:
        """The gaps of this look, each with its draft and its place."""
        embed = self.covering.coverer().embed
        drafts = {gap.id: written(made) for gap, made in drafts_of(mined, self.covering)}
        centers = {one.id: one.center for one in mined.kept.gaps}
        by_id = {one.ticket.id: one for one in seen}
        return [
            TrackedGap(
                gap=_with_overrides(gap, by_id, self.covering),
                found_at=self.at,
                seen_at=self.at,
                changed_at=self.at,
                draft=drafts.get(gap.id, ""),
                embedder=embedder,
                center=centers.get(gap.id, ()),
                radius=radius(
                    embed([ticket.text for ticket in gap.tickets]), centers.get(gap.id, ())
                ),
            )
            for gap in mined.report.gaps
        ]

    def _keep(self, found: TrackedGap, before: Mapping[str, TrackedGap]) -> str:
        """What happened to this gap: found, reopened, or "" where it goes on as it was."""
        name, store = found.gap.id, self.covering.desk.parts.gaps
        key = f"look:{name}:{self.at.isoformat()}"
        if name not in before:
            store.add(found, GapEvent(key=key, at=self.at, what="found", reason=found.gap.reason))
            return "found"
        happened = ""

        def grow(kept: TrackedGap) -> tuple[TrackedGap, GapEvent | None]:
            nonlocal happened
            grown = grown_by(kept, found)
            if kept.state != "rejected" or grown.volume < DOUBLED * (kept.rejected_tickets or 1):
                return grown, None
            happened = "reopened"
            reason = f"{grown.volume} tickets ask it; when it was rejected, {kept.rejected_tickets}"
            given = {"state": "reopened", "changed_at": self.at, "published_at": None}
            event = GapEvent(key=key, at=self.at, what="reopened", reason=reason)
            return grown.model_copy(update=given), event

        store.change(name, key, grow)
        return happened

    def _let_go(self, before: Mapping[str, TrackedGap], mined: Mined, embedder: str) -> None:
        """Gaps that grew into others take in nothing more."""
        still = {one.id for one in mined.kept.gaps}
        for name, gap in before.items():
            if gap.center and gap.embedder == embedder and name not in still:
                self._change(name, lambda kept: kept.model_copy(update={"center": ()}))

    def _refresh(self, mined: Mined) -> None:
        """Where a customer was forgotten, label and draft are made anew of what is left."""
        found = {gap.id for gap in mined.report.gaps}
        for gap in self.covering.desk.parts.gaps.tracked():
            if gap.stale and gap.gap.id not in found:
                self._change(gap.gap.id, lambda kept: remade(kept, self.at))

    def _closed(self, mined: Mined, seen: Sequence[Seen]) -> list[str]:
        """What new tickets tell of gaps that something was published for."""
        desk = self.covering.desk
        library = desk.opened().library
        documents = desk.parts.knowledge.documents(library.generation.id)
        first = {one.ticket.id: one.at for one in seen}
        after = Aftermath(
            generation=library.generation,
            named={str(one.front_matter[GAP]) for one in documents if GAP in one.front_matter},
            judged=[Judged(issue, first[issue.ticket_id]) for issue in mined.issues],
            enough=self.settings.enough,
            at=self.at,
        )
        before = {gap.gap.id: gap for gap in desk.parts.gaps.tracked()}
        told = after.look(
            tuple(before.values()), self.covering.coverer().embed, library.generation.embedder
        )
        return [self._tell(before[gap.gap.id], gap, event) for gap, event in told]

    def _tell(self, seen: TrackedGap, new: TrackedGap, event: GapEvent) -> str:
        def tell(kept: TrackedGap) -> tuple[TrackedGap, GapEvent | None]:
            if (kept.state, kept.changed_at) != (seen.state, seen.changed_at):
                return kept, None  # somebody has decided meanwhile
            names = ("state", "changed_at", "published_at")
            return kept.model_copy(update={name: getattr(new, name) for name in names}), event

        self.covering.desk.parts.gaps.change(seen.gap.id, event.key, tell)
        return event.what

    def _change(self, name: str, change: Remake) -> None:
        key = f"look:{name}:{self.at.isoformat()}:again"
        self.covering.desk.parts.gaps.change(name, key, lambda kept: (change(kept), None))


def kept_of(gaps: Sequence[TrackedGap], embedder: str) -> KeptGaps:
    """What earlier looks tell the next: tickets, and the middle where this model made it."""
    return KeptGaps(
        gaps=tuple(
            KeptGap(
                id=one.gap.id,
                tickets=tuple(dict.fromkeys(ticket.ticket_id for ticket in one.gap.tickets)),
                center=one.center if one.embedder == embedder else (),
                first_seen=one.gap.first_seen,
            )
            for one in gaps
            if one.center
        ),
        embedder=embedder,
    )


def grown_by(kept: TrackedGap, found: TrackedGap) -> TrackedGap:
    """The gap as it was found last, its tickets and all that was decided as before."""
    again = {one.ticket_id for one in found.gap.tickets}
    before = (one for one in kept.gap.tickets if one.ticket_id not in again)
    days = [day for day in (kept.gap.first_seen, found.gap.first_seen) if day]
    gap = found.gap.model_copy(
        update={"tickets": (*before, *found.gap.tickets), "first_seen": min(days, default=None)}
    )
    given = {name: getattr(found, name) for name in ("seen_at", "embedder", "center", "radius")}
    stale = kept.stale and bool(kept.text)  # an editor's own text is the editor's to read again
    return kept.model_copy(
        update=given | {"gap": gap, "draft": found.draft or kept.draft, "stale": stale}
    )


def remade(kept: TrackedGap, at: datetime) -> TrackedGap:
    """Label and draft of the tickets that are left; nothing where none is."""
    tickets = kept.gap.tickets
    if not tickets:
        return kept
    gap = kept.gap.model_copy(update={"label": label(tickets[0].text)})
    made = draft(gap, on=at.date(), regions=(), products=())
    return kept.model_copy(
        update={
            "gap": gap,
            "draft": written(made) if made else "",
            "stale": bool(kept.text),
        }
    )


def radius(vectors: Vectors, center: Sequence[float]) -> float:
    """The cosine to the middle that all but the oddest of a gap's issues reach; 1 without one."""
    if not len(center) or not len(vectors):
        return 1.0
    return float(np.quantile(vectors @ np.array(center, dtype=np.float32), REACH))


def _with_overrides(gap: Gap, seen: Mapping[str, Seen], covering: Covering) -> Gap:
    """The reason also says how often agents did not take what was suggested."""
    parts = covering.desk.parts
    tickets = {ticket.ticket_id for ticket in gap.tickets}
    count = sum(overridden(parts, seen[ticket]) for ticket in tickets if ticket in seen)
    if not count:
        return gap
    told = f"{gap.reason}; agents rejected or rewrote {count} of {len(tickets)} suggestions"
    return gap.model_copy(update={"reason": told})
