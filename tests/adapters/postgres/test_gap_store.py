"""Kept gaps in PostgreSQL: the contract, and what goes with a customer who is forgotten."""

import pytest
from sqlalchemy import text

from assist.adapters.postgres.forget import PostgresErasure
from assist.adapters.postgres.gap_store import PostgresGaps
from assist.domain.forgetting import Belongings
from assist.domain.gaps import GapProof
from tests.contracts.gap_store import (
    GapStoreContract,
    a_gap_event,
    a_gap_ticket,
    a_tracked_gap,
    kept,
)
from tests.contracts.store_builders import NOON


class TestPostgresGaps(GapStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresGaps(database)


def test_what_happened_to_a_gap_can_be_neither_changed_nor_taken_away(database):
    kept(PostgresGaps(database))
    query = text("SELECT has_table_privilege('assist_app', 'gap_events', CAST(:what AS text))")
    for what in ("UPDATE", "DELETE"):
        with database.connect() as connection:
            assert connection.execute(query, {"what": what}).scalar() is False


def test_the_words_of_a_forgotten_customer_go_from_tickets_label_and_draft(database):
    store = PostgresGaps(database)
    tickets = (a_gap_ticket("t-1", "I am Rosalind."), a_gap_ticket("t-2", "In the rain?"))
    gap = {"tickets": tickets, "label": "I am Rosalind."}
    theirs = a_tracked_gap(gap=gap, draft="# Rosalind", text="# In my own words")
    other = a_tracked_gap("gap-2", gap={"tickets": (a_gap_ticket("t-3"),)}, draft="# Rain")
    worse = GapProof(
        gap_id="gap-4", tickets=1, before=0, after=1, others=9, worse=("t-1",), restored=1
    )
    proven = a_tracked_gap(
        "gap-4", gap={"tickets": (a_gap_ticket("t-5"),)}, proof=worse, draft="# Snow"
    )
    kept(store, theirs, other, proven)
    event = a_gap_event("k", "reopened", tickets=("t-1", "t-2"))
    store.change("gap-1", "k", lambda gap: (gap, event))

    person = Belongings(customer_id="c-1", tickets=("t-1",))
    forgotten = PostgresErasure(database).forget(person, NOON)

    assert forgotten.rows == {"gaps": 2, "gap_tickets": 1, "gap_events": 1}
    left = store.get("gap-1")
    assert "Rosalind" not in left.model_dump_json()
    assert (left.stale, left.draft, left.text) == (True, "", "# In my own words")
    assert left.gap.tickets == (tickets[1],)
    assert store.history("gap-1")[-1].tickets == ("t-2",)
    assert store.get("gap-2") == other
    assert store.get("gap-4") == proven.model_copy(update={"proof": None})
