"""Money in PostgreSQL: the contract, and many processes that spend it at once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.spending import PostgresSpending
from tests.builders import NOW
from tests.contracts.spending_store import SpendingStoreContract


class TestPostgresSpending(SpendingStoreContract):
    @pytest.fixture
    def store(self, database):
        return PostgresSpending(database)


def test_those_who_spend_at_once_never_spend_more_than_there_is(postgres, database):
    others = [Database(postgres.url, database.workspace) for _ in range(4)]
    stores = [PostgresSpending(one) for one in others]

    def spend(number: int) -> bool:
        store = stores[number % len(stores)]
        hold = store.hold(Decimal(3), Decimal(100), NOW)
        if hold is not None:
            store.settle(hold, Decimal(3))
        return hold is not None

    with ThreadPoolExecutor(8) as threads:
        paid = sum(threads.map(spend, range(60)))
    for one in others:
        one.close()

    assert paid == 33
    assert PostgresSpending(database).spent(NOW).spent == Decimal(99)


def test_each_workspace_has_its_own_money(postgres, database):
    other = Database(postgres.url, f"{database.workspace}-other")
    assert PostgresSpending(other).hold(Decimal(9), Decimal(10), NOW)
    assert PostgresSpending(database).hold(Decimal(9), Decimal(10), NOW)
    other.close()
