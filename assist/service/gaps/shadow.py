"""Use case: a gap's article -> what it would change, judged as if it were published."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from assist.domain.coverage import Covered
from assist.domain.gap_work import GapEvent, GapSettings, TrackedGap
from assist.domain.gaps import GapProof
from assist.errors import WrongState
from assist.insights.gaps.uncovered import Uncovered
from assist.service.covering import Covering
from assist.service.gaps.proving import Bench
from assist.service.gaps.reading import issues_of, opening
from assist.service.gaps.seen import seen_since
from assist.service.gaps.writing import read_draft
from assist.understanding.products import product_choices

OTHERS = 300
"""Other tickets that are judged with the draft, the newest: somebody waits for the answer."""


def prove(
    covering: Covering, settings: GapSettings, gap_id: str, *, key: str, by: str, at: datetime
) -> TrackedGap:
    """The gap with the proof of its article; the same key again is not proven again.

    Raises `NotFound`, `NoIndex`, and `WrongState` where nothing is written yet.
    """
    store = covering.desk.parts.gaps
    tracked = store.get(gap_id)
    if any(event.key == key for event in store.history(gap_id)):
        return tracked
    proof = proof_of(covering, settings, tracked, at)
    event = GapEvent(key=key, at=at, what="proven", by=by, reason=proof.says)

    def keep(kept: TrackedGap) -> tuple[TrackedGap, GapEvent]:
        if kept.proposal != tracked.proposal:
            cure = "prove it again as it stands now"
            raise WrongState("the article was changed while it was being proven", cure=cure)
        return kept.model_copy(update={"proof": proof}), event

    return store.change(gap_id, key, keep)


def proof_of(
    covering: Covering, settings: GapSettings, tracked: TrackedGap, at: datetime
) -> GapProof:
    """What the article would change. Raises `WrongState`, `NoIndex`."""
    draft = read_draft(tracked) if tracked.proposal else None
    own = tuple(_own(tracked))
    if draft is None or draft.is_outline or not own:
        lacks = "no ticket of it is left" if draft and not draft.is_outline else "nothing is told"
        cure = "write what the article answers, then prove it"
        raise WrongState(f"{lacks}: there is nothing to prove", cure=cure)
    others = tuple(_others(covering, settings, tracked, at))
    coverer = covering.coverer()
    bench = Bench.of((*own, *others), coverer, covering.desk.parts.embedder)
    return bench.prove(tracked.gap, draft)


def _own(tracked: TrackedGap) -> Iterator[Uncovered]:
    for ticket in tracked.gap.tickets:
        was = Covered(value=ticket.coverage, state="not")  # judged anew with the draft and without
        yield Uncovered(ticket_id=ticket.ticket_id, text=ticket.text, covered=was)


def _others(
    covering: Covering, settings: GapSettings, tracked: TrackedGap, at: datetime
) -> Iterator[Uncovered]:
    parts = covering.desk.parts
    own = {ticket.ticket_id for ticket in tracked.gap.tickets}
    seen = seen_since(parts, at - timedelta(weeks=settings.weeks))
    tickets = [one.ticket for one in seen if one.ticket.id not in own][-OTHERS:]
    judged = covering.judge([opening(one) for one in tickets])
    products = product_choices(covering.desk.opened().policy_set.facts)
    yield from issues_of(zip(tickets, judged, strict=True), parts.redactor, products)
