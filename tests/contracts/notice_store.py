"""The contract of `NoticeStore`: every store passes it, the fake too."""

from datetime import timedelta
from typing import get_args

import pytest

from assist.domain.ledger import GRACE
from assist.domain.notice import Notice, NoticeKind, notice_id
from assist.errors import BadInput, NotFound
from tests.contracts.case_store import a_row, an_entry, opened
from tests.contracts.store_builders import NOON

HOUR = timedelta(hours=1)
EVERY = get_args(NoticeKind)


def a_notice(number: int = 1, kind: NoticeKind = "due", **changed: object) -> Notice:
    """One about an entry of the ledger."""
    about = f"case-1-2-{number}"
    notice = Notice(
        id=notice_id(kind, about),
        kind=kind,
        about=about,
        case_id="case-1",
        owner="Payments",
        due=NOON + number * HOUR,
        made_at=NOON,
    )
    return notice.model_copy(update=changed)


class NoticeStoreContract:
    """Subclasses give the fixtures `store`, an empty one, and `cases` beside it."""

    @pytest.fixture(autouse=True)
    def a_case_with_entries(self, cases):
        opened(cases)
        looked = an_entry(4, kind="look", due=NOON + 4 * HOUR)
        cases.save(a_row(), [an_entry(1), an_entry(2), an_entry(3, due=None), looked])

    def test_a_notice_that_was_made_is_unseen(self, store):
        assert store.make(a_notice())
        assert store.get("due-case-1-2-1") == a_notice()
        assert store.unseen(EVERY, 9) == (a_notice(),)
        assert store.seen(EVERY, 9) == ()

    def test_about_one_thing_there_is_one_of_each_kind(self, store):
        assert store.make(a_notice())
        assert not store.make(a_notice(made_at=NOON + HOUR))
        assert not store.make(a_notice(id="another"))
        assert store.make(a_notice(kind="overdue"))
        assert [n.kind for n in store.unseen(EVERY, 9)] == ["due", "overdue"]
        assert store.get("due-case-1-2-1").made_at == NOON

    def test_the_earliest_due_comes_first(self, store):
        for number in (2, 1):
            store.make(a_notice(number))
        assert [n.about for n in store.unseen(EVERY, 9)] == ["case-1-2-1", "case-1-2-2"]
        assert [n.about for n in store.unseen(EVERY, 1)] == ["case-1-2-1"]
        assert store.unseen(["look"], 9) == ()

    def test_whoever_saw_it_first_has_seen_it(self, store):
        store.make(a_notice())
        seen = store.see("due-case-1-2-1", "Ann", NOON + HOUR)
        assert (seen.seen_by, seen.seen_at) == ("Ann", NOON + HOUR)
        assert store.see("due-case-1-2-1", "Bob", NOON + 2 * HOUR) == seen
        assert (store.unseen(EVERY, 9), store.seen(EVERY, 9)) == ((), (seen,))

    def test_what_is_not_there_is_not_found(self, store):
        for asked in (store.get, lambda wanted: store.see(wanted, "Ann", NOON)):
            with pytest.raises(NotFound, match="due-9"):
                asked("due-9")
            with pytest.raises(BadInput, match="NUL"):
                asked("a\x00b")

    def test_a_promise_that_was_settled_needs_no_look_and_a_solution_that_failed_does(
        self, store, cases
    ):
        store.make(a_notice())
        store.make(a_notice(4, "look"))
        for number in (1, 4):
            entry = cases.entry(f"case-1-2-{number}")
            cases.settle(entry.model_copy(update={"state": "broken", "settled_at": NOON}))
        assert [n.kind for n in store.unseen(EVERY, 9)] == ["look"]

    def test_what_is_due_and_nobody_was_told_of_is_missing(self, store, cases):
        now = NOON + HOUR
        assert store.missing(NOON, 9) == ()
        assert store.missing(now, 9) == ("case-1-2-1",)
        store.make(a_notice())
        assert store.missing(now, 9) == ()
        assert store.missing(now + GRACE, 9) == ("case-1-2-1", "case-1-2-2")
        store.make(a_notice(kind="overdue"))
        assert store.missing(now + GRACE, 9) == ("case-1-2-2",)

    def test_a_look_is_missing_until_it_was_made(self, store, cases):
        now = NOON + 5 * HOUR
        for number in (1, 2):
            for kind in ("due", "overdue"):
                store.make(a_notice(number, kind))
        assert store.missing(now, 9) == ("case-1-2-4",)
        entry = cases.entry("case-1-2-4")
        cases.settle(entry.model_copy(update={"state": "kept", "settled_at": NOON}))
        assert store.missing(now, 9) == ()
