"""The contract of `SpendingStore`: every store passes it, the fake too."""

from datetime import timedelta
from decimal import Decimal

from assist.domain.spending import MonthSpent, month_of
from tests.builders import NOW

BUDGET = Decimal(10)


class SpendingStoreContract:
    """Subclasses give the fixture `store`: an empty one."""

    def test_nothing_is_spent_before_something_is(self, store):
        assert store.spent(NOW) == MonthSpent(month=month_of(NOW))

    def test_what_is_held_counts_until_it_is_settled_by_what_it_took(self, store):
        hold = store.hold(Decimal(4), BUDGET, NOW)
        assert (store.spent(NOW).held, store.spent(NOW).spent) == (Decimal(4), Decimal(0))

        store.settle(hold, Decimal("1.5"))

        assert (store.spent(NOW).held, store.spent(NOW).spent) == (Decimal(0), Decimal("1.5"))

    def test_what_would_go_beyond_the_budget_is_not_held(self, store):
        store.settle(store.hold(Decimal(5), BUDGET, NOW), Decimal(5))
        assert store.hold(Decimal(3), BUDGET, NOW) is not None

        assert store.hold(Decimal("2.01"), BUDGET, NOW) is None
        assert store.hold(Decimal(2), BUDGET, NOW) is not None
        assert store.hold(Decimal("0.01"), BUDGET, NOW) is None

    def test_settling_twice_is_settling_once(self, store):
        hold = store.hold(Decimal(4), BUDGET, NOW)
        store.settle(hold, Decimal(1))
        store.settle(hold, Decimal(1))
        assert store.spent(NOW).spent == Decimal(1)

    def test_a_hold_whose_process_died_is_let_go_of(self, store):
        assert store.hold(Decimal(9), BUDGET, NOW) is not None
        assert store.hold(Decimal(9), BUDGET, NOW + timedelta(minutes=5)) is None

        assert store.hold(Decimal(9), BUDGET, NOW + timedelta(minutes=30)) is not None

    def test_a_month_begins_anew(self, store):
        store.settle(store.hold(Decimal(10), BUDGET, NOW), Decimal(10))
        later = NOW + timedelta(days=40)
        assert store.spent(later).spent == Decimal(0)
        assert store.hold(Decimal(10), BUDGET, later) is not None
        assert store.spent(NOW).spent == Decimal(10)
