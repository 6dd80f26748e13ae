"""The contract of `FeedbackStore`: every store passes it, the fake too."""

from datetime import timedelta

import pytest

from assist.domain.feedback import Feedback
from assist.errors import AlreadyDone, BadInput
from tests.contracts.store_builders import NOON


def some_feedback(key: str = "k-1", **changed: object) -> Feedback:
    """An agent copied the draft of s-1."""
    given = {"suggestion_id": "s-1", "key": key, "kind": "copied", "at": NOON, "by": "Ann"}
    return Feedback.model_validate(given | changed)


class FeedbackStoreContract:
    """Subclasses give the fixture `store`: an empty one beside the suggestions s-1 and s-2."""

    def test_feedback_reads_back_as_it_was_in_its_order(self, store):
        given = (
            some_feedback("k-2", kind="edited", distance=0.25),
            some_feedback("k-1", kind="rejected", reason="wrong product", part="i1.c2"),
        )
        for one in given:
            assert store.add(one) == one
        assert store.of_suggestion("s-1") == given
        assert store.of_suggestion("s-2") == ()

    def test_the_same_key_again_is_kept_once(self, store):
        first = store.add(some_feedback())
        assert store.add(some_feedback(at=NOON + timedelta(hours=1))) == first
        assert store.of_suggestion("s-1") == (first,)

    def test_the_key_of_other_feedback_is_refused(self, store):
        store.add(some_feedback())
        with pytest.raises(AlreadyDone, match="k-1"):
            store.add(some_feedback(kind="inserted"))
        store.add(some_feedback(suggestion_id="s-2", kind="inserted"))

    def test_what_cannot_be_stored_is_refused(self, store):
        with pytest.raises(BadInput, match="NUL"):
            store.add(some_feedback(reason="a\x00b"))
        assert store.of_suggestion("s-1") == ()

    def test_what_was_given_since_a_time_is_told_of_all_suggestions_the_oldest_first(self, store):
        hour = timedelta(hours=1)
        late = store.add(some_feedback("k-1", at=NOON + 2 * hour))
        early = store.add(some_feedback("k-2", at=NOON + hour, suggestion_id="s-2"))
        store.add(some_feedback("k-3", at=NOON))
        assert store.since(NOON + hour) == (early, late)
