"""The contract of `SuggestionStore`: every store passes it, the fake too."""

from datetime import timedelta

import pytest

from assist.domain.inquiries import Asked
from assist.domain.kb_health import UsedPassages
from assist.domain.knowledge import Hit, Why
from assist.domain.suggestion_head import SuggestionHead
from assist.errors import BadInput, NotFound
from tests.contracts.store_builders import (
    NOON,
    a_document,
    a_passage,
    a_suggestion,
    an_answered_suggestion,
)


class SuggestionStoreContract:
    """Subclasses give the fixture `store`: an empty one."""

    def test_a_saved_suggestion_reads_back_as_it_was(self, store):
        suggestion = a_suggestion()
        store.save(suggestion)
        assert store.get("s-1") == suggestion

    def test_saving_again_replaces(self, store):
        store.save(a_suggestion(revision=2))
        store.save(a_suggestion(revision=3, ticket_id="t-2"))
        assert store.get("s-1") == a_suggestion(revision=3, ticket_id="t-2")

    def test_suggestions_are_told_apart_by_id(self, store):
        store.save(a_suggestion("s-1", revision=1))
        store.save(a_suggestion("s-2", revision=2))
        assert [store.get(name).revision for name in ("s-1", "s-2")] == [1, 2]

    def test_an_unknown_id_is_not_found(self, store):
        with pytest.raises(NotFound, match="s-9"):
            store.get("s-9")

    def test_lists_are_told_the_heads_of_those_that_there_are(self, store):
        one, two = a_suggestion("s-1"), an_answered_suggestion("s-2")
        store.save(one)
        store.save(two)
        heads = store.heads(["s-2", "s-9", "s-1"])
        assert set(heads) == {"s-1", "s-2"}
        for made in (one, two):
            assert heads[made.id] == SuggestionHead(
                id=made.id,
                statement=made.issue.statement,
                category=made.issue.category,
                escalate=made.escalation.needed,
                clocks=made.priority.clocks,
            )
        assert store.heads([]) == {}

    def test_a_nul_character_is_refused_naming_the_suggestion(self, store):
        with pytest.raises(BadInput, match="s-1"):
            store.save(a_suggestion(notes=("a\x00b",)))
        with pytest.raises(NotFound):
            store.get("s-1")

    def test_the_newest_are_the_latest_of_each_ticket_so_many_at_most(self, store):
        hour = timedelta(hours=1)
        store.save(a_suggestion("s-1", revision=1, created_at=NOON))
        store.save(a_suggestion("s-2", revision=3, created_at=NOON + hour))
        store.save(a_suggestion("s-3", revision=2, created_at=NOON + 2 * hour))
        store.save(a_suggestion("s-4", ticket_id="t-2", created_at=NOON + 3 * hour))
        store.save(a_suggestion("s-5", ticket_id="t-3", created_at=NOON + 3 * hour))
        assert [one.id for one in store.newest(10)] == ["s-4", "s-5", "s-2"]
        assert store.newest(1) == (
            a_suggestion("s-4", ticket_id="t-2", created_at=NOON + 3 * hour),
        )

    def test_what_was_asked_is_told_with_what_answered_it(self, store):
        store.save(an_answered_suggestion("s-1"))
        assert store.asked(NOON, NOON + timedelta(days=1)) == (
            Asked(
                ticket_id="t-1",
                at=NOON,
                statement="The hub is offline.",
                text="hub’s dead 🙁",
                category="hubs",
                documents=("hub", "led"),
                answered=True,
            ),
        )

    def test_a_ticket_counts_once_by_its_latest_revision_and_the_newest_comes_first(self, store):
        hour = timedelta(hours=1)
        store.save(a_suggestion("s-1", revision=1, created_at=NOON))
        store.save(a_suggestion("s-2", revision=3, created_at=NOON + hour))
        store.save(a_suggestion("s-3", revision=2, created_at=NOON + 2 * hour))
        store.save(a_suggestion("s-4", ticket_id="t-2", created_at=NOON + 3 * hour))
        found = store.asked(NOON, NOON + timedelta(days=1))
        assert [(a.ticket_id, a.at) for a in found] == [
            ("t-2", NOON + 3 * hour),
            ("t-1", NOON + hour),
        ]
        assert not found[0].answered
        assert found[0].documents == ()

    def test_what_was_asked_is_of_the_time_the_first_moment_in_and_the_last_out(self, store):
        store.save(a_suggestion("s-1"))
        assert store.asked(NOON, NOON + timedelta(seconds=1))
        assert not store.asked(NOON - timedelta(days=1), NOON)
        assert not store.asked(NOON + timedelta(seconds=1), NOON + timedelta(days=1))

    def test_what_suggestions_drew_on_is_told_the_oldest_first(self, store):
        hour = timedelta(hours=1)
        hit = Hit.found(a_passage(a_document("led")), 0.5, Why())
        store.save(an_answered_suggestion("s-2", created_at=NOON + hour, hits=(hit,)))
        store.save(a_suggestion("s-1", created_at=NOON))
        store.save(a_suggestion("s-3", created_at=NOON + 2 * hour))
        assert store.used(NOON, NOON + 2 * hour) == (
            UsedPassages(suggestion_id="s-1", ticket_id="t-1", at=NOON),
            UsedPassages(
                suggestion_id="s-2",
                ticket_id="t-1",
                at=NOON + hour,
                category=None,
                found={"led#0": "led"},
                cited=("hub", "led"),
            ),
        )
