"""The contract of `GapStore`: every store passes it, the fake too."""

from datetime import date, timedelta
from typing import Any

import pytest

from assist.domain.gap_work import GapEvent, GapRun, TrackedGap
from assist.domain.gaps import GapProof, GapTicket
from assist.errors import AlreadyDone, BadInput, NotFound
from tests.contracts.store_builders import NOON

STATES = ("open", "accepted", "rejected", "verified", "reopened")


def a_gap_ticket(ticket_id: str = "t-1", text: str = "Can it hang in the rain?") -> GapTicket:
    """A ticket that proves a gap."""
    return GapTicket(
        ticket_id=ticket_id, text=text, coverage=0.1, at=NOON, found=("hub#1",), reply="It can."
    )


def a_tracked_gap(gap_id: str = "gap-1", **changed: Any) -> TrackedGap:
    """An open gap of one ticket; `gap` changes the gap itself."""
    gap = {
        "id": gap_id,
        "kind": "missing_article",
        "label": "Can it hang in the rain?",
        "keywords": ("rain",),
        "reason": "nothing near answers it",
        "tickets": (a_gap_ticket(),),
        "coverage": 0.1,
        "impact": 2.0,
        "first_seen": date(2026, 11, 2),
    } | changed.pop("gap", {})
    given = {"found_at": NOON, "seen_at": NOON, "changed_at": NOON, "center": (0.6, 0.8)}
    return TrackedGap.model_validate(
        given | {"gap": gap, "embedder": "toy", "radius": 0.5} | changed
    )


def a_gap_event(key: str = "found", what: str = "found", **changed: Any) -> GapEvent:
    """Something that happened to a gap."""
    return GapEvent.model_validate({"key": key, "at": NOON, "what": what} | changed)


def a_gap_run(**changed: Any) -> GapRun:
    """A look for gaps that found one."""
    given = {"started_at": NOON, "ended_at": NOON, "tickets": 40, "found": 1, "gaps": ("gap-1",)}
    return GapRun.model_validate(given | changed)


def kept(store: Any, *gaps: TrackedGap) -> None:
    """Keep them, each found."""
    for one in gaps or (a_tracked_gap(),):
        store.add(one, a_gap_event())


class GapStoreContract:
    """Subclasses give the fixture `store`: an empty one."""

    def test_a_gap_reads_back_as_it_was_with_its_tickets_and_how_it_came(self, store):
        proof = GapProof(gap_id="gap-1", tickets=1, before=0.1, after=0.9, others=3, restored=1.0)
        gap = a_tracked_gap(draft="# Rain", text="# Rain and snow", proof=proof, owner="Mo")
        kept(store, gap)

        assert store.get("gap-1") == gap
        assert store.history("gap-1") == (a_gap_event(),)
        assert store.tracked() == (gap,)

    def test_a_gap_that_is_there_stays_as_it_is(self, store):
        kept(store, a_tracked_gap(owner="Mo"), a_tracked_gap(owner="Ada"))
        assert store.get("gap-1").owner == "Mo"
        assert len(store.history("gap-1")) == 1

    def test_a_change_and_what_happened_are_kept_together_once_per_key(self, store):
        kept(store)
        event = a_gap_event("k-1", "rejected", by="Mo", reason="rare", tickets=("t-1",))

        def reject(gap: TrackedGap) -> tuple[TrackedGap, GapEvent]:
            assert gap.state == "open", "asked a second time"
            return gap.model_copy(update={"state": "rejected", "rejected_tickets": 1}), event

        for _ in range(2):
            assert store.change("gap-1", "k-1", reject).state == "rejected"
        assert store.get("gap-1").rejected_tickets == 1
        assert store.history("gap-1") == (a_gap_event(), event)

    def test_a_change_that_is_refused_changes_nothing(self, store):
        kept(store)

        def refuse(gap: TrackedGap) -> tuple[TrackedGap, GapEvent]:
            raise AlreadyDone("no")

        with pytest.raises(AlreadyDone):
            store.change("gap-1", "k-1", refuse)
        assert store.get("gap-1") == a_tracked_gap()
        assert len(store.history("gap-1")) == 1

    def test_tickets_add_up_and_the_newer_words_of_one_win(self, store):
        first, again = a_gap_ticket("t-1", "One."), a_gap_ticket("t-1", "One, and more.")
        twice = a_gap_ticket("t-1", "The other thing.")
        kept(store, a_tracked_gap(gap={"tickets": (first, twice)}))

        def grow(gap: TrackedGap) -> tuple[TrackedGap, None]:
            tickets = (again, a_gap_ticket("t-2"))
            return gap.model_copy(
                update={"gap": gap.gap.model_copy(update={"tickets": tickets})}
            ), None

        store.change("gap-1", "k-1", grow)
        grown = store.get("gap-1")
        assert grown.gap.tickets == (again, twice, a_gap_ticket("t-2"))
        assert grown.volume == 2
        assert len(store.history("gap-1")) == 1

    def test_gaps_are_listed_by_impact_state_and_kind_page_by_page(self, store):
        for number, state in enumerate(("open", "rejected", "open", "open")):
            kind = "unclear" if number == 3 else "missing_article"
            gap = {"impact": float(number), "kind": kind}
            kept(store, a_tracked_gap(f"gap-{number}", state=state, gap=gap))

        def ids(*wanted: Any) -> list[str]:
            return [one.gap.id for one in store.listed(*wanted).gaps]

        assert ids(STATES, None, 9) == ["gap-3", "gap-2", "gap-1", "gap-0"]
        assert ids(["open"], None, 2) == ["gap-3", "gap-2"]
        assert ids(["open"], None, 2, 2) == ["gap-0"]
        assert ids(["open"], "unclear", 9) == ["gap-3"]
        page = store.listed(["open"], None, 1)
        assert (page.total, page.volumes) == (3, (1,))
        assert (page.gaps[0].gap.tickets, page.gaps[0].center) == ((), ())
        assert store.listed(["open"], None, 1, 9).total == 3

    def test_what_is_not_there_is_not_found(self, store):
        for ask in (
            lambda: store.get("gap-9"),
            lambda: store.history("gap-9"),
            lambda: store.change("gap-9", "k", lambda gap: (gap, None)),
        ):
            with pytest.raises(NotFound):
                ask()

    def test_the_last_look_for_gaps_is_told_and_the_last_that_came_to_something(self, store):
        assert store.last_run() is None
        good = a_gap_run(points=((0.5, 1.0, 0.2, 1),))
        bad = a_gap_run(started_at=NOON + timedelta(days=1), error="no database")
        store.add_run(good)
        store.add_run(bad)
        assert store.last_run() == bad
        assert store.last_good_run() == good

    def test_one_at_a_time_looks_for_gaps(self, store):
        with store.hold() as first, store.hold() as second:
            assert (first, second) == (True, False)
        with store.hold() as again:
            assert again

    def test_text_that_cannot_be_stored_is_refused_and_nothing_is_kept(self, store):
        with pytest.raises(BadInput, match="NUL"):
            store.add(a_tracked_gap(draft="a\x00b"), a_gap_event())
        assert store.tracked() == ()
