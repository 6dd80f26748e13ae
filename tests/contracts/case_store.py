"""The contract of `CaseStore`: every store passes it, the fake too."""

from datetime import timedelta

import pytest

from assist.domain.case_event import CaseEvent, CaseRow
from assist.domain.ledger import Entry, LedgerCounts
from assist.errors import AlreadyDone, BadInput, NotFound
from tests.contracts.store_builders import NOON

HOUR = timedelta(hours=1)


def a_row(number: int = 1, **changed: object) -> CaseRow:
    """The row of a case that was just opened."""
    row = CaseRow(
        id=f"case-{number}",
        ticket_id=f"t-{number}",
        customer_id="c-1",
        revision=1,
        status="suggesting",
        suggestion_id="",
        priority="",
        opened_at=NOON,
        changed_at=NOON,
        events=1,
        applied=0,
    )
    return row.model_copy(update=changed)


def an_event(key: str = "k-1", **changed: object) -> CaseEvent:
    """One that says what the agent did."""
    event = CaseEvent(
        number=1, key=key, kind="decision", at=NOON, by="Ann", body={"reason": "“späť” 1.50"}
    )
    return event.model_copy(update=changed)


def an_entry(number: int = 1, **changed: object) -> Entry:
    """A promise that is open."""
    entry = Entry(
        id=f"case-1-2-{number}",
        case_id="case-1",
        ticket_id="t-1",
        kind="promise",
        text="We will call you tomorrow.",
        what="call you tomorrow",
        owner="company",
        due=NOON + number * HOUR,
        check="Was there a call?",
        channel="email",
        made_at=NOON,
    )
    return entry.model_copy(update=changed)


def opened(store, number: int = 1) -> CaseRow:
    """A case in the store."""
    return store.open(a_row(number), an_event("open", kind="opened"))


class CaseStoreContract:
    """Subclasses give the fixture `store`: an empty one."""

    def test_a_case_that_was_opened_has_its_first_event_and_nothing_worked_off(self, store):
        assert opened(store) == store.get("case-1") == store.of_ticket("t-1") == a_row()
        assert store.events("case-1") == (an_event("open", kind="opened"),)
        assert store.behind(9) == ("case-1",)

    def test_a_ticket_has_one_case(self, store):
        opened(store)
        again = store.open(a_row(id="case-other"), an_event("other", kind="opened"))
        assert (again.id, len(store.events("case-1"))) == ("case-1", 1)
        with pytest.raises(NotFound, match="case-other"):
            store.get("case-other")

    def test_what_is_not_there_is_not_found(self, store):
        for asked in (store.get, store.events):
            with pytest.raises(NotFound, match="case-9"):
                asked("case-9")
        with pytest.raises(NotFound, match="case-9"):
            store.append("case-9", an_event())
        with pytest.raises(NotFound, match="e-9"):
            store.entry("e-9")
        assert store.of_ticket("t-9") is None
        assert store.entries("case-9") == ()

    def test_events_are_numbered_in_the_order_they_came(self, store):
        opened(store)
        for key in ("k-1", "k-2"):
            store.append("case-1", an_event(key))
        events = store.events("case-1")
        assert [(e.number, e.key) for e in events] == [(1, "open"), (2, "k-1"), (3, "k-2")]
        assert events[1] == an_event(number=2)
        assert store.get("case-1").events == 3

    def test_the_same_key_again_is_the_same_event(self, store):
        opened(store)
        first = store.append("case-1", an_event())
        assert store.append("case-1", an_event(at=NOON + HOUR)) == first
        assert len(store.events("case-1")) == 2

    @pytest.mark.parametrize(
        "other", [{"body": {"reason": "another"}}, {"by": "Bob"}, {"kind": "outcome"}]
    )
    def test_the_key_of_another_act_is_refused(self, store, other):
        opened(store)
        store.append("case-1", an_event())
        with pytest.raises(AlreadyDone, match="k-1"):
            store.append("case-1", an_event(**other))
        assert len(store.events("case-1")) == 2

    def test_what_cannot_be_stored_is_refused_and_changes_nothing(self, store):
        opened(store)
        with pytest.raises(BadInput, match="NUL"):
            store.append("case-1", an_event(body={"text": "a\x00b"}))
        assert (store.get("case-1").events, len(store.events("case-1"))) == (1, 1)
        with pytest.raises(BadInput, match="NUL"):
            store.get("a\x00b")

    def test_where_a_case_stands_is_kept_with_its_ledger(self, store):
        opened(store)
        row = a_row(status="deciding", suggestion_id="s-1", priority="P2", applied=1)
        store.save(row, [an_entry(1), an_entry(2)])
        store.save(row, [an_entry(1, text="otherwise"), an_entry(3)])
        assert store.get("case-1") == row
        assert store.behind(9) == ()
        assert store.entries("case-1") == (an_entry(1), an_entry(2), an_entry(3))
        assert store.entry("case-1-2-2") == an_entry(2)

    def test_saving_never_takes_an_event_back(self, store):
        opened(store)
        store.save(a_row(applied=1), ())
        store.append("case-1", an_event())
        store.save(a_row(applied=0, events=1), ())
        assert (store.get("case-1").events, store.get("case-1").applied) == (2, 1)

    def test_cases_are_listed_by_status_the_one_that_changed_last_first(self, store):
        for number, status in ((1, "deciding"), (2, "waiting"), (3, "deciding")):
            opened(store, number)
            moved = {"status": status, "changed_at": NOON + number * HOUR}
            store.save(a_row(number, **moved), ())
        assert [row.id for row in store.listed(["deciding"], 9)] == ["case-3", "case-1"]
        assert [row.id for row in store.listed(["deciding", "waiting"], 2)] == ["case-3", "case-2"]

    def test_the_ledger_lists_what_is_due_first_and_what_has_no_time_last(self, store):
        opened(store)
        store.save(a_row(), [an_entry(3), an_entry(4, due=None), an_entry(1)])
        assert [e.id for e in store.ledger(["open"], None, 9)] == [
            "case-1-2-1",
            "case-1-2-3",
            "case-1-2-4",
        ]
        assert [e.id for e in store.ledger(["open"], NOON + 2 * HOUR, 9)] == ["case-1-2-1"]
        assert store.ledger(["kept"], None, 9) == ()

    def test_what_names_no_time_is_listed_by_when_it_is_checked(self, store):
        opened(store)
        store.save(a_row(), [an_entry(3), an_entry(2, due=None, check_at=NOON + 2 * HOUR)])
        assert [e.id for e in store.ledger(["open"], None, 9)] == ["case-1-2-2", "case-1-2-3"]
        assert [e.id for e in store.ledger(["open"], NOON + 2 * HOUR, 9)] == ["case-1-2-2"]

    def test_entries_are_due_from_their_check_on_and_overdue_an_hour_after_their_time(self, store):
        opened(store)
        early = an_entry(1, due=NOON + 2 * HOUR, check_at=NOON + HOUR)
        store.save(a_row(), [early, an_entry(5), an_entry(6, due=None)])
        standing = {
            hours: (
                [e.id for e in store.due(NOON + hours * HOUR, 9)],
                [e.id for e in store.overdue(NOON + hours * HOUR, 9)],
            )
            for hours in (0, 1, 2, 3)
        }
        one = ["case-1-2-1"]
        assert standing == {0: ([], []), 1: (one, []), 2: (one, []), 3: ([], one)}

    def test_entries_are_counted_by_how_they_stand(self, store):
        opened(store)
        assert store.ledger_counts(NOON) == LedgerCounts()
        kept = {"state": "kept", "settled_at": NOON}
        store.save(a_row(), [an_entry(1), an_entry(2), an_entry(3), an_entry(4), an_entry(5)])
        store.settle(an_entry(5, **kept))
        counts = store.ledger_counts(NOON + 3 * HOUR)
        assert counts == LedgerCounts(open=1, due=1, overdue=2, kept=1)

    def test_what_ended_is_settled_with_the_case_where_it_is_open(self, store):
        opened(store)
        store.save(a_row(), [an_entry(1), an_entry(2)])
        store.settle(an_entry(2, state="kept", settled_by="Ann"))
        dropped = {"state": "dropped", "settled_at": NOON, "settled_by": "assist"}
        store.save(a_row(applied=1), (), [an_entry(1, **dropped), an_entry(2, **dropped)])
        assert [(e.state, e.settled_by) for e in store.entries("case-1")] == [
            ("dropped", "assist"),
            ("kept", "Ann"),
        ]

    def test_a_customers_cases_are_those_to_which_something_happened_since(self, store):
        for number in (1, 2, 3):
            opened(store, number)
        store.save(a_row(2, changed_at=NOON + HOUR), ())
        store.save(a_row(3, customer_id="c-2", changed_at=NOON + HOUR), ())
        assert [row.id for row in store.of_customer("c-1", NOON, 9)] == ["case-1", "case-2"]
        assert [row.id for row in store.of_customer("c-1", NOON + HOUR, 9)] == ["case-2"]
        assert store.of_customer("c-9", NOON, 9) == ()

    def test_an_entry_is_settled_once(self, store):
        opened(store)
        store.save(a_row(), [an_entry()])
        kept = an_entry(state="kept", settled_at=NOON, settled_by="Ann", note="called")
        assert store.settle(kept) == kept
        later = kept.model_copy(update={"settled_at": NOON + HOUR, "settled_by": "Bob"})
        assert store.settle(later) == kept
        with pytest.raises(AlreadyDone, match="kept, by Ann"):
            store.settle(an_entry(state="broken", note="called"))
        assert store.ledger(["open"], None, 9) == ()
        assert store.ledger(["kept", "broken"], None, 9) == (kept,)

    def test_cases_are_counted_by_where_they_stand(self, store):
        assert store.status_counts() == {}
        opened(store)
        opened(store, 2)
        assert store.status_counts() == {"suggesting": 2}
