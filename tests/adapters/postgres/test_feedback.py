"""Feedback in PostgreSQL keeps the contract of its port, each workspace its own."""

import pytest

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.feedback import PostgresFeedback
from assist.adapters.postgres.suggestions import PostgresSuggestions
from assist.errors import NotFound
from tests.contracts.feedback_store import FeedbackStoreContract, some_feedback
from tests.contracts.store_builders import a_suggestion


def with_suggestions(database: Database) -> PostgresFeedback:
    for name in ("s-1", "s-2"):
        PostgresSuggestions(database).save(a_suggestion(name))
    return PostgresFeedback(database)


class TestPostgresFeedback(FeedbackStoreContract):
    @pytest.fixture
    def store(self, database):
        return with_suggestions(database)


def test_feedback_to_a_suggestion_of_another_workspace_is_not_taken(database, postgres):
    other = Database(postgres.url, f"{database.workspace}-other")
    ours, theirs = with_suggestions(database), PostgresFeedback(other)
    ours.add(some_feedback())

    assert theirs.of_suggestion("s-1") == ()
    with pytest.raises(NotFound, match="s-1"):
        theirs.add(some_feedback("k-2"))
    other.close()
