"""The contract of `GrantStore`: every store passes it, the fake too."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assist.errors import AlreadyDone, BadInput, NotFound
from assist.ports import GrantStore
from tests.contracts.ledger_builders import a_credit
from tests.contracts.store_builders import NOON

EVER = NOON - timedelta(days=4000)
HOUR = timedelta(hours=1)


def book(store, *grants):
    for granted in grants:
        with store.booking(granted.customer_id) as booking:
            booking.add(granted)


def take_back(store: GrantStore, grant_id: str, customer_id: str = "c-1", **told: object):
    given = {"at": NOON + HOUR, "by": "Ida", "reason": "sent twice"}
    with store.booking(customer_id) as booking:
        return booking.void(grant_id, **(given | told))


def book_and_fail(store: GrantStore):
    """One more, another taken back, and then it breaks off."""
    with store.booking("c-1") as booking:
        booking.add(a_credit("r-2"))
        booking.void("r-1", at=NOON, by="Ida", reason="sent twice")
        raise ZeroDivisionError


class GrantStoreContract:
    """Subclasses give the fixture `store`: an empty one."""

    def test_a_grant_reads_back_as_it_was(self, store):
        book(store, a_credit())
        assert store.get("r-1") == a_credit()
        assert store.get("r-1").amount.amount.as_tuple() == Decimal("20.00").as_tuple()

    def test_a_grant_without_amount_ticket_and_parameters_reads_back_too(self, store):
        bare = a_credit(
            amount=None,
            parameters={},
            ticket_id="",
            suggestion_id="",
            clauses=(),
            action="callback",
        )
        book(store, bare)
        assert store.get("r-1") == bare

    @pytest.mark.parametrize(
        "value",
        [Decimal(3), Decimal("3.50"), Decimal("1E+5"), "3", "true", "naïve 🙁", True, False],
    )
    def test_a_parameter_keeps_its_value_and_its_type(self, store, value):
        book(store, a_credit().model_copy(update={"parameters": {"a name": value}}))
        assert store.get("r-1").parameters == {"a name": value}
        assert type(store.get("r-1").parameters["a name"]) is type(value)

    @pytest.mark.parametrize("amount", ["0", "0.001", "999999999999.99", "12E+3"])
    def test_an_amount_is_kept_to_the_last_digit(self, store, amount):
        book(store, a_credit(amount={"amount": amount, "currency": "JPY"}))
        assert store.get("r-1").amount.amount == Decimal(amount)

    def test_an_unknown_id_is_not_found(self, store):
        with pytest.raises(NotFound, match="r-9"):
            store.get("r-9")

    def test_a_customers_grants_come_oldest_first_and_nobody_elses_with_them(self, store):
        book(
            store,
            a_credit("r-3", at=NOON + 2 * HOUR),
            a_credit("r-1", at=NOON),
            a_credit("r-2", at=NOON + HOUR),
            a_credit("r-4", customer_id="c-2"),
        )
        assert [g.id for g in store.of_customer("c-1", EVER)] == ["r-1", "r-2", "r-3"]
        assert [g.id for g in store.of_customer("c-2", EVER)] == ["r-4"]
        assert store.of_customer("c-3", EVER) == ()

    def test_those_of_one_moment_come_in_the_order_they_were_granted(self, store):
        book(store, a_credit("r-2"), a_credit("r-1"), a_credit("r-3"))
        assert [g.id for g in store.of_customer("c-1", EVER)] == ["r-2", "r-1", "r-3"]

    def test_since_is_the_first_moment_that_counts(self, store):
        book(store, a_credit("r-1", at=NOON), a_credit("r-2", at=NOON + HOUR))
        assert [g.id for g in store.of_customer("c-1", NOON)] == ["r-1", "r-2"]
        late = NOON + timedelta(microseconds=1)
        assert [g.id for g in store.of_customer("c-1", late)] == ["r-2"]
        with store.booking("c-1") as booking:
            assert [g.id for g in booking.granted(NOON)] == ["r-1", "r-2"]
            assert [g.id for g in booking.granted(late)] == ["r-2"]

    def test_a_booking_sees_what_it_has_added(self, store):
        with store.booking("c-1") as booking:
            booking.add(a_credit())
            assert booking.granted(EVER) == (a_credit(),)
            assert booking.find("r-1") == a_credit()

    def test_a_booking_finds_a_grant_whosever_it_is_and_none_that_is_not_there(self, store):
        book(store, a_credit("r-1", customer_id="c-2"))
        with store.booking("c-1") as booking:
            assert booking.find("r-1") == a_credit("r-1", customer_id="c-2")
            assert booking.find("r-9") is None
            assert booking.granted(EVER) == ()

    def test_the_same_grant_again_changes_nothing(self, store):
        book(store, a_credit(), a_credit())
        assert store.of_customer("c-1", EVER) == (a_credit(),)

    @pytest.mark.parametrize(
        "changes",
        [{"amount": {"amount": "20.01", "currency": "GBP"}}, {"customer_id": "c-2"}, {"by": "Ida"}],
    )
    def test_another_grant_of_the_same_id_is_refused(self, store, changes):
        book(store, a_credit())
        with pytest.raises(AlreadyDone, match="r-1"):
            book(store, a_credit(**changes))
        assert store.get("r-1") == a_credit()

    def test_on_an_error_nothing_is_kept(self, store):
        book(store, a_credit("r-1"))
        with pytest.raises(ZeroDivisionError):
            book_and_fail(store)
        assert store.of_customer("c-1", EVER) == (a_credit("r-1"),)

    def test_a_booking_can_follow_one_that_failed(self, store):
        with pytest.raises(ZeroDivisionError), store.booking("c-1"):
            raise ZeroDivisionError
        book(store, a_credit())
        assert store.get("r-1") == a_credit()

    def test_a_grant_that_is_taken_back_stays_in_sight_and_says_so(self, store):
        book(store, a_credit())
        told = {"voided_at": NOON + HOUR, "voided_by": "Ida", "void_reason": "sent twice"}
        expected = a_credit(**told)

        assert take_back(store, "r-1") == expected

        assert store.of_customer("c-1", EVER) == (expected,)
        assert not store.get("r-1").counts

    def test_one_that_was_taken_back_stays_as_it_is(self, store):
        book(store, a_credit())
        first = take_back(store, "r-1")
        assert take_back(store, "r-1", by="Bo", reason="a change of mind") == first
        assert store.get("r-1") == first

    @pytest.mark.parametrize(("grant_id", "customer_id"), [("r-9", "c-1"), ("r-1", "c-2")])
    def test_only_a_grant_of_that_customer_can_be_taken_back(self, store, grant_id, customer_id):
        book(store, a_credit())
        with pytest.raises(NotFound, match=grant_id):
            take_back(store, grant_id, customer_id)
        assert store.get("r-1") == a_credit()

    @pytest.mark.parametrize("field", ["id", "by", "action", "ticket_id"])
    @pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
    def test_what_is_no_text_is_refused(self, store, field, text):
        with pytest.raises(BadInput):
            book(store, a_credit().model_copy(update={field: text}))
        assert store.of_customer("c-1", EVER) == ()

    def test_a_customer_id_that_is_no_text_is_refused(self, store):
        with pytest.raises(BadInput, match="customer_id"):
            store.of_customer("a\x00b", EVER)
        with pytest.raises(BadInput, match="customer_id"), store.booking("a\x00b"):
            pytest.fail("it was booked")

    def test_a_reason_that_is_no_text_is_refused(self, store):
        book(store, a_credit())
        with pytest.raises(BadInput, match="reason"):
            take_back(store, "r-1", reason="a\x00b")
        assert store.get("r-1") == a_credit()

    def test_another_customers_grant_in_a_booking_is_a_fault(self, store):
        with pytest.raises(AssertionError, match="c-2"), store.booking("c-1") as booking:
            booking.add(a_credit(customer_id="c-2"))
        assert store.of_customer("c-2", EVER) == ()
