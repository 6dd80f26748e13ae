"""The ledger in PostgreSQL keeps the contract of its port; one customer's bookings wait in line."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import monotonic, sleep

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.grants import PostgresGrants, lock_key
from assist.errors import NotFound, StoreUnavailable
from tests.contracts.grant_store import EVER, GrantStoreContract, book
from tests.contracts.ledger_builders import a_credit

WAITING = text("""
    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND CAST(classid AS bigint) = :high AND CAST(objid AS bigint) = :low
""")


class TestPostgresGrants(GrantStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresGrants(database)


@pytest.fixture
def store(database):
    return PostgresGrants(database)


def waiting_for(key: int, database: Database) -> int:
    """How many wait for that lock."""
    high, low = (key >> 32) & 0xFFFFFFFF, key & 0xFFFFFFFF
    with database.connect() as connection:
        return connection.execute(WAITING, {"high": high, "low": low}).scalar()


def test_a_booking_waits_for_the_one_before_it_and_sees_what_that_added(store, database):
    key = lock_key(database.workspace, "c-1")

    def second() -> list[str]:
        with store.booking("c-1") as booking:
            return [granted.id for granted in booking.granted(EVER)]

    book(store, a_credit("r-0"))
    with ThreadPoolExecutor(1) as threads:
        with store.booking("c-1") as booking:
            booking.add(a_credit("r-1"))
            waits = threads.submit(second)
            deadline = monotonic() + 10
            while not waiting_for(key, database):
                assert monotonic() < deadline
                sleep(0.01)
        assert waits.result(10) == ["r-0", "r-1"]


def test_bookings_for_two_customers_go_on_beside_each_other(store):
    book(store, a_credit("r-0"))  # the first of a workspace makes it, which the others wait for
    both_inside = Barrier(2, timeout=10)

    def booked(customer_id: str) -> str:
        with store.booking(customer_id) as booking:
            both_inside.wait()  # breaks unless the other is inside too
            booking.add(a_credit(customer_id, customer_id=customer_id))
        return customer_id

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(booked, ["c-1", "c-2"])) == ["c-1", "c-2"]


def test_two_workspaces_book_for_their_own_customer_of_the_same_id(database, postgres):
    other = Database(postgres.url, f"{database.workspace}-other")
    ours, theirs = PostgresGrants(database), PostgresGrants(other)
    with ours.booking("c-1") as booking, theirs.booking("c-1") as beside:
        booking.add(a_credit("r-1"))
        beside.add(a_credit("r-1", by="Bo"))
    assert ours.of_customer("c-1", EVER) == (a_credit("r-1"),)
    assert theirs.of_customer("c-1", EVER) == (a_credit("r-1", by="Bo"),)
    book(theirs, a_credit("r-2"))
    with pytest.raises(NotFound):
        ours.get("r-2")
    other.close()


def test_a_booking_that_waits_too_long_says_so_and_leaves_nothing(store, postgres, database):
    key = lock_key(database.workspace, "c-1")
    hasty = PostgresGrants(database, patience_ms=100)
    with psycopg.connect(postgres.url) as stuck:
        stuck.execute("SELECT pg_advisory_xact_lock(%s)", [key])
        with (
            pytest.raises(StoreUnavailable, match=r"lock timeout.*try again"),
            hasty.booking("c-1"),
        ):
            pytest.fail("it was booked")
        book(store, a_credit(customer_id="c-2"))
    book(store, a_credit("r-2"))
    assert [granted.id for granted in store.of_customer("c-1", EVER)] == ["r-2"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE grants SET amount = 1",
        "UPDATE grants SET customer_id = 'c-2'",
        "UPDATE grants SET at = now()",
        "DELETE FROM grants",
        "TRUNCATE grants",
    ],
)
def test_the_service_can_neither_change_nor_delete_what_was_granted(store, database, statement):
    book(store, a_credit())
    with pytest.raises(StoreUnavailable, match="permission denied"), database.begin() as connection:
        connection.execute(text(statement))
    assert store.get("r-1") == a_credit()


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_a_lock_is_64_bits_the_same_each_time_and_another_for_another(one, other):
    assert -(2**63) <= lock_key("default", one) < 2**63
    assert lock_key("default", one) == lock_key("default", one)
    assert (lock_key("default", one) == lock_key("default", other)) == (one == other)
    assert lock_key("default", one) != lock_key("other", one)
