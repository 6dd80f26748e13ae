"""The contract of `ErrandStore`: every store passes it, the fake too."""

from datetime import timedelta

import pytest

from assist.domain.errands import Errand
from assist.errors import BadInput, NotFound
from tests.contracts.store_builders import NOON

MINUTE = timedelta(minutes=1)


def an_errand(key: str = "d-1", ticket_id: str = "7", **changed: object) -> Errand:
    """A ticket to fetch, told of at noon."""
    helpdesk = str(changed.pop("helpdesk", "chat"))
    kind = changed.pop("kind", "fetch")
    errand = Errand.made(kind, helpdesk, ticket_id, key, NOON)
    return errand.model_copy(update=changed)


class ErrandStoreContract:
    """Subclasses give the fixture `store`, an empty one."""

    def test_what_was_kept_comes_back(self, store):
        errand = an_errand(signed="abc", case_id="case-1")
        assert store.add(errand, NOON)
        assert store.get(errand.id) == errand

    def test_the_same_delivery_twice_is_kept_once(self, store):
        assert store.add(an_errand(), NOON)
        assert not store.add(an_errand(ticket_id="8"), NOON)
        assert store.get(an_errand().id).ticket_id == "7"

    def test_the_same_signed_bytes_under_another_id_are_a_replay(self, store):
        assert store.add(an_errand("d-1", signed="abc"), NOON)
        assert not store.add(an_errand("d-2", signed="abc"), NOON)
        assert store.add(an_errand("d-3", signed="abc", helpdesk="other"), NOON)

    def test_what_is_not_signed_is_told_apart_by_its_key_alone(self, store):
        assert store.add(an_errand("d-1"), NOON)
        assert store.add(an_errand("d-2"), NOON)

    def test_an_unknown_one_is_said(self, store):
        with pytest.raises(NotFound, match="errand-9"):
            store.get("errand-9")

    def test_what_cannot_be_stored_is_refused(self, store):
        with pytest.raises(BadInput):
            store.add(an_errand(ticket_id="7\x00"), NOON)

    def test_how_it_ended_is_kept_and_stands(self, store):
        store.add(an_errand(), NOON)
        store.change(an_errand().ended("done", NOON + MINUTE, case_id="case-7"))
        store.change(an_errand().ended("failed", NOON + 2 * MINUTE, "too late"))
        kept = store.get(an_errand().id)
        assert (kept.state, kept.case_id, kept.problem) == ("done", "case-7", "")

    def test_only_fetches_of_that_ticket_wait_for_it(self, store):
        for one in (
            an_errand("d-1"),
            an_errand("d-2"),
            an_errand("d-3", ticket_id="8"),
            an_errand("d-4", helpdesk="other"),
            an_errand("r-1", kind="reply"),
        ):
            store.add(one, NOON)
        store.change(an_errand("d-1").ended("done", NOON))
        assert [one.key for one in store.waiting("chat", "7")] == ["d-2"]

    def test_what_nobody_tried_since_is_found_the_oldest_first(self, store):
        for key in ("d-1", "d-2", "d-3"):
            store.add(an_errand(key), NOON)
        store.change(an_errand("d-1").postponed(NOON + 2 * MINUTE, "away"))
        store.change(an_errand("d-2").ended("done", NOON))
        assert store.untried(NOON + MINUTE, 9) == (an_errand("d-3").id,)
        assert store.untried(NOON + 3 * MINUTE, 1) == (an_errand("d-1").id,)
        assert store.untried(NOON, 9) == ()

    def test_they_are_listed_by_state_the_newest_first(self, store):
        for key in ("d-1", "d-2", "d-3"):
            store.add(an_errand(key), NOON)
        store.change(an_errand("d-2").ended("dropped", NOON, "nothing new"))
        assert [one.key for one in store.listed(["waiting"], 9)] == ["d-3", "d-1"]
        assert [one.problem for one in store.listed(["dropped"], 9)] == ["nothing new"]
        assert [one.key for one in store.listed(["waiting", "dropped"], 2)] == ["d-3", "d-2"]

    def test_each_helpdesk_stands_as_its_errands_do(self, store):
        assert store.standings() == ()
        store.add(an_errand("d-1"), NOON)
        store.add(an_errand("d-2", made_at=NOON + MINUTE), NOON)
        store.add(an_errand("r-1", kind="reply", made_at=NOON + 5 * MINUTE), NOON)
        store.add(an_errand("z-1", helpdesk="zen"), NOON)
        store.change(an_errand("d-1").postponed(NOON + MINUTE, "away"))
        store.change(an_errand("r-1", kind="reply").ended("failed", NOON, "gone"))
        chat, zen = store.standings()
        assert (chat.helpdesk, chat.waiting, chat.failed) == ("chat", 2, 1)
        assert (chat.heard_at, chat.problem) == (NOON + MINUTE, "away")
        assert (zen.helpdesk, zen.waiting, zen.problem) == ("zen", 1, "")

    def test_what_ended_long_ago_is_pruned_and_what_waits_stays(self, store):
        for key in ("d-1", "d-2"):
            store.add(an_errand(key), NOON)
        store.add(an_errand("d-3", made_at=NOON + MINUTE), NOON)
        store.change(an_errand("d-1").ended("done", NOON))
        store.change(an_errand("d-3").ended("done", NOON))
        assert store.prune(NOON + MINUTE) == 1
        assert {one.key for one in store.listed(["waiting", "done"], 9)} == {"d-2", "d-3"}
