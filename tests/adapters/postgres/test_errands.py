"""Errands in PostgreSQL keep the contract of their port."""

import pytest

from assist.adapters.postgres.errands import PostgresErrands
from assist.adapters.postgres.timers import PostgresTimers
from tests.contracts.errand_store import ErrandStoreContract, an_errand
from tests.contracts.store_builders import NOON


class TestPostgresErrands(ErrandStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresErrands(database)


def test_an_errand_sets_its_timer_and_the_same_again_sets_none(database):
    store, timers = PostgresErrands(database), PostgresTimers(database)
    store.add(an_errand(), NOON)
    assert timers.state().waiting == 1
    store.add(an_errand(), NOON)
    assert timers.state().waiting == 1
