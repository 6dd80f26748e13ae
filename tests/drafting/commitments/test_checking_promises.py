from datetime import UTC, datetime, timedelta
from decimal import Decimal

from assist.domain.base import Money
from assist.domain.verdict import Verdict
from assist.drafting.commitments import FoundPromise, checked

DUE = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def up_to_50(kind: str, amount: Money | None) -> Verdict:
    """A level that may refund 50 and nothing else."""
    if kind != "refund":
        return Verdict(value="forbidden", reason="no clause lets it")
    if amount is None:
        return Verdict(value="unknown", facts=("order.total",))
    if amount.amount > 50:
        return Verdict(value="needs_approval", level="lead")
    return Verdict(value="allowed")


def a_promise(kind: str | None = "refund", amount: int | None = 20) -> FoundPromise:
    money = None if amount is None else Money(amount=Decimal(amount), currency="EUR")
    return FoundPromise(text="…", who="company", what="…", due=DUE, kind=kind, amount=money)


def test_a_promise_within_authority_carries_no_flag() -> None:
    assert checked(a_promise(), up_to_50).why == ()
    assert checked(a_promise(kind=None, amount=None), up_to_50).flags == ()


def test_a_promise_beyond_authority_is_flagged_with_why() -> None:
    assert checked(a_promise(amount=80), up_to_50).flags == ("over_authority",)
    assert checked(a_promise(amount=80), up_to_50).why == (
        "refund of 80.00 EUR needs the approval of lead",
    )
    assert checked(a_promise("gift", None), up_to_50).why == (
        "gift is forbidden: no clause lets it",
    )
    assert checked(a_promise(amount=None), up_to_50).why == (
        "refund cannot be judged without order.total",
    )


def test_money_for_something_nobody_declared_is_beyond_authority() -> None:
    found = checked(a_promise(kind=None), up_to_50)
    assert found.flags == ("over_authority",)
    assert found.why == ("20.00 EUR for no declared action",)


def test_a_promise_later_than_the_next_contact_is_said_to_be() -> None:
    assert not checked(a_promise(), up_to_50, DUE).late
    late = checked(a_promise(), up_to_50, DUE - timedelta(hours=1))
    assert late.late
    assert late.why == ("due 2026-11-25 12:00, later than the next contact at 2026-11-25 11:00",)


def test_a_vague_time_is_said_to_be_none() -> None:
    vague = a_promise().model_copy(update={"due": None, "vague": True, "when": "soon"})
    assert checked(vague, up_to_50, DUE).why == ("“soon” names no time",)
