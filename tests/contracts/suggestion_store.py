"""The contract of `SuggestionStore`: every store passes it, the fake too."""

import pytest

from assist.errors import BadInput, NotFound
from tests.contracts.store_builders import a_suggestion


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

    def test_a_nul_character_is_refused_naming_the_suggestion(self, store):
        with pytest.raises(BadInput, match="s-1"):
            store.save(a_suggestion(notes=("a\x00b",)))
        with pytest.raises(NotFound):
            store.get("s-1")
