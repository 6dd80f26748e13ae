"""The contract of `Records`: every adapter passes it over the same two customers."""

import pytest


class RecordsContract:
    """Subclasses give the fixture `records`: Ana (c-1001, two addresses) and Bo (c-1002)."""

    @pytest.mark.parametrize("customer_id", ["c-1001", "C-1001", " c-1001 "])
    def test_a_customer_is_found_by_id_in_any_case(self, records, customer_id):
        assert records.find(customer_id=customer_id, email=None).name == "Ana Lima"

    @pytest.mark.parametrize("email", ["ana@example.com", "ANA@Example.com", "a.lima@work.example"])
    def test_a_customer_is_found_by_each_address_in_any_case(self, records, email):
        assert records.find(customer_id=None, email=email).id == "c-1001"

    def test_the_id_goes_before_the_address(self, records):
        assert records.find(customer_id="c-1002", email="ana@example.com").id == "c-1002"

    def test_an_unknown_id_falls_back_to_the_address(self, records):
        assert records.find(customer_id="c-9", email="ana@example.com").id == "c-1001"

    def test_nobody_is_found_for_what_is_unknown_or_not_given(self, records):
        assert records.find(customer_id="c-9", email="nobody@example.com") is None
        assert records.find(customer_id=None, email=None) is None
        assert records.find(customer_id="", email="") is None

    def test_a_record_is_complete(self, records):
        ana = records.find(customer_id="c-1001", email=None)
        assert (ana.tier, ana.region, ana.preferred_channel) == ("gold", "US", "email")
        assert ana.facts == {"subscription.status": "active"}
        assert ana.orders == {
            "20418": {
                "order.total": {"amount": "129.00", "currency": "USD"},
                "order.delivered_at": "2026-11-02",
                "order.paid": True,
            }
        }
        assert [(t.id, t.created_at.isoformat(), t.solved) for t in ana.tickets] == [
            ("t-88", "2026-10-01T09:00:00+00:00", False)
        ]

    def test_what_is_not_on_record_is_empty(self, records):
        bo = records.find(customer_id="c-1002", email=None)
        assert (bo.name, bo.tier, bo.emails, bo.orders, bo.tickets) == (None, None, (), {}, ())
