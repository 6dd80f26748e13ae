"""What the text and the account say, as facts and as signals."""

import pytest

from assist.domain.facts import FactDeclaration
from assist.domain.issue import Fact
from assist.errors import BadTicket
from assist.understanding.facts import declared_values, numbers_told, recorded_signals

SERIAL = FactDeclaration(path="device.serial", type="text", label="serial number")
ORDER = FactDeclaration(path="order.id", type="text", label="order number", account=True)
ALERT = FactDeclaration(
    path="customer.medical_alert", type="boolean", label="medical alert", signal="medical alert"
)


def test_a_number_under_its_name_is_a_fact_and_is_not_asked_for_again() -> None:
    for text in (
        "serial number P2-2411-04821",
        "Serial: p2-2411-04821",
        "its serial is P2-2411-04821",
    ):
        (fact,) = numbers_told(text, [SERIAL])
        assert (fact.path, fact.value) == ("device.serial", "P2-2411-04821")


def test_a_number_of_the_account_is_none_that_a_customer_tells_us() -> None:
    assert numbers_told("order number FW-20418", [SERIAL, ORDER]) == ()


def test_what_the_account_bears_out_is_heard_without_being_said() -> None:
    known = Fact(path=ALERT.path, value=True, source="records")
    (signal,) = recorded_signals([known], [ALERT, SERIAL])
    assert (signal.name, signal.span) == ("medical alert", "medical alert on record")


def test_a_no_on_record_is_no_signal() -> None:
    assert recorded_signals([Fact(path=ALERT.path, value=False, source="records")], [ALERT]) == ()


@pytest.mark.parametrize("value", ["yesterday", "2026-99-99", "", "20.11.2026"])
def test_what_is_no_day_is_no_date(value: str) -> None:
    declared = FactDeclaration(path="order.delivered_at", type="date")
    with pytest.raises(BadTicket, match="no date"):
        declared_values({"order.delivered_at": value}, (declared,))


@pytest.mark.parametrize("value", ["2026-11-20", "2026-11-20T10:00:00Z"])
def test_a_day_with_or_without_a_time_is_a_date(value: str) -> None:
    declared = FactDeclaration(path="order.delivered_at", type="date")
    assert declared_values({"order.delivered_at": value}, (declared,)) == {
        "order.delivered_at": value
    }
