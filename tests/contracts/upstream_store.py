"""The contract of `UpstreamStore`: every store passes it, the fake too."""

from datetime import timedelta

import pytest

from assist.domain.systemic import IssueKey, UpstreamEvent, UpstreamItem
from assist.errors import AlreadyDone, BadInput, NotFound, WrongState
from tests.contracts.store_builders import NOON

HOUR = timedelta(hours=1)


def an_item(item_id: str = "up-1", **fields: object) -> UpstreamItem:
    """Lee wants the parcels mended."""
    given = {
        "id": item_id,
        "issue": IssueKey(category="orders"),
        "title": "Parcels go astray",
        "opened_by": "Lee",
        "opened_at": NOON,
        "changed_at": NOON,
    }
    return UpstreamItem.model_validate(given | fields)


def an_event(key: str = "k-1", **fields: object) -> UpstreamEvent:
    """Lee opened it."""
    given = {"key": key, "at": NOON, "by": "Lee", "what": "opened", "digest": "d"}
    return UpstreamEvent.model_validate(given | fields)


def done(item: UpstreamItem) -> UpstreamItem:
    """The item once it was mended."""
    told = {"state": "done", "done_on": NOON.date(), "changed_at": NOON + HOUR}
    return item.model_copy(update=told)


class UpstreamStoreContract:
    """Subclasses give the fixture `store`, an empty one."""

    def test_what_was_kept_comes_back_with_its_history(self, store):
        assert store.add(an_item(), an_event()) == an_item()
        assert store.get("up-1") == an_item()
        assert store.history("up-1") == (an_event(),)

    def test_an_item_is_opened_once(self, store):
        store.add(an_item(), an_event())
        again = store.add(an_item(title="Something else"), an_event("k-2", by="Mo"))
        assert again == an_item()
        assert store.history("up-1") == (an_event(),)

    def test_a_change_is_kept_with_what_happened(self, store):
        store.add(an_item(), an_event())
        mended = an_event("k-2", what="done", note="a new carrier")
        assert store.change("up-1", mended, done).state == "done"
        assert store.get("up-1") == done(an_item())
        assert store.history("up-1") == (an_event(), mended)

    def test_the_same_key_changes_once(self, store):
        store.add(an_item(), an_event())
        for _ in range(2):
            store.change("up-1", an_event("k-2", what="done"), done)
        assert len(store.history("up-1")) == 2

    def test_a_key_of_something_else_is_refused(self, store):
        store.add(an_item(), an_event())
        with pytest.raises(AlreadyDone, match="k-1"):
            store.change("up-1", an_event("k-1", what="done", digest="other"), done)
        assert store.get("up-1").state == "open"

    def test_what_cannot_be_changed_stays_as_it_was(self, store):
        store.add(an_item(), an_event())

        def refuse(_item: UpstreamItem) -> UpstreamItem:
            raise WrongState("it is done")

        with pytest.raises(WrongState):
            store.change("up-1", an_event("k-2"), refuse)
        assert store.history("up-1") == (an_event(),)

    def test_an_unknown_one_is_said(self, store):
        for asked in (
            lambda: store.get("up-9"),
            lambda: store.history("up-9"),
            lambda: store.change("up-9", an_event(), done),
        ):
            with pytest.raises(NotFound, match="up-9"):
                asked()

    def test_what_cannot_be_stored_is_refused(self, store):
        with pytest.raises(BadInput):
            store.add(an_item(title="a\x00b"), an_event())
        with pytest.raises(BadInput):
            store.add(an_item(), an_event(note="a\x00b"))

    def test_they_are_listed_by_state_the_last_changed_first(self, store):
        for number in (1, 2, 3):
            store.add(an_item(f"up-{number}", changed_at=NOON + number * HOUR / 9), an_event())
        store.change("up-1", an_event("k-2", what="done"), done)
        assert [one.id for one in store.listed(["open"], 9)] == ["up-3", "up-2"]
        assert [one.id for one in store.listed(["open", "done"], 2)] == ["up-1", "up-3"]
