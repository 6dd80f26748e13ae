"""When a clock counts as about to run out."""

from decimal import Decimal

import pytest

from assist.domain.issue import Clocks
from assist.policies.clocks import Done, breach_ahead
from tests.policies.conversations import SLA, agent, clocks, customer, on


@pytest.mark.parametrize(
    ("now", "evidence"),
    [
        ("17 16:00", ""),  # two business hours before, over a night
        ("17 16:01", "the resolution is due 2026-11-18 10:00 UTC and still open"),
        ("18 10:00", "the resolution is due 2026-11-18 10:00 UTC and still open"),
        ("18 10:01", "the resolution was due 2026-11-18 10:00 UTC"),
    ],
)
def test_a_breach_is_ahead_in_the_last_business_hours(now: str, evidence: str) -> None:
    assert breach_ahead(clocks(now=now), on(now)) == evidence


def test_a_clock_that_is_not_named_never_warns() -> None:
    assert clocks().first_response_warning is None
    both = SLA.model_copy(update={"warn_hours": {"first_response": Decimal(0)}})
    found = clocks(sla=both)
    assert found.resolution_warning is None
    assert breach_ahead(found, on("16 14:00")) == ""
    assert breach_ahead(found, on("30 14:01")) == "the first response was due 2026-11-16 14:00 UTC"


def test_what_is_done_or_stands_still_is_no_breach_ahead() -> None:
    warned = SLA.model_copy(update={"warn_hours": {"first_response": Decimal(1)}})
    late = clocks(customer("16 10:00"), agent("17 10:00", "We look."), now="17 12:00", sla=warned)
    assert late.first_response == "breached"
    assert breach_ahead(late, on("17 12:00")) == ""
    undated = clocks(customer(), agent(None, "We look."), now="17 12:00", sla=warned)
    assert breach_ahead(undated, on("17 12:00")) == ""
    paused = clocks(customer("16 10:00"), agent("17 16:30"), now="17 16:45")
    assert paused.resolution == "paused"
    assert breach_ahead(paused, on("17 16:45")) == ""
    settled = clocks(settled=Done(True, on("18 12:00")), now="19 12:00")
    assert settled.resolution == "breached"
    assert breach_ahead(settled, on("19 12:00")) == ""


def test_a_warning_time_without_a_zone_is_read_as_utc() -> None:
    late = on("18 10:01").replace(tzinfo=None)
    assert breach_ahead(clocks(), late) == "the resolution was due 2026-11-18 10:00 UTC"


def test_clocks_kept_before_pauses_existed_still_read_and_never_warn() -> None:
    kept = Clocks.model_validate_json(
        '{"first_response_due": "2026-11-16T14:00:00Z", "resolution_due": "2026-11-18T10:00:00Z",'
        ' "first_response_hours": "4", "resolution_hours": "16"}'
    )
    assert (kept.first_response, kept.resolution, kept.pauses) == ("running", "running", ())
    assert breach_ahead(kept, on("30 10:00")) == ""
