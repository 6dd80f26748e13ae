"""Which clock sets the deadline: that of the service level or that of the rules."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from assist.domain.escalation_rules import EscalationRule
from assist.domain.issue import Clocks, Priority
from tests.policies.escalations import FRIDAY, a_rule, escalated


def priority_with(**clocks: Any) -> Priority:
    due = {"first_response_due": FRIDAY - timedelta(hours=1), "first_response": "met"}
    hours = {"first_response_hours": 1, "resolution_hours": 8}
    given_ = {"resolution_due": FRIDAY + timedelta(minutes=30)} | due | hours
    return Priority(
        level="P2", impact="medium", urgency="high", reasons=("a reason",),
        clocks=Clocks.model_validate(given_ | clocks),
    )  # fmt: skip


def sla_rule(**fields: Any) -> EscalationRule:
    return a_rule("sla", within_hours=2, phrases=("waiting for weeks",), **fields)


def test_a_breach_ahead_is_escalated_with_the_clock_as_its_deadline() -> None:
    soon = priority_with(resolution_warning=FRIDAY - timedelta(hours=1))
    found = escalated(sla_rule(), text="Hello", priority=soon)
    (trigger,) = found.triggers
    assert trigger.code == "sla"
    assert "is due" in trigger.evidence
    assert found.deadline == FRIDAY + timedelta(minutes=30)


def test_the_customer_is_told_the_rules_hours_and_not_a_clock_with_minutes_left() -> None:
    soon = priority_with(
        resolution_warning=FRIDAY - timedelta(hours=1), resolution_due=FRIDAY + timedelta(minutes=2)
    )
    found = escalated(sla_rule(), text="Hello", priority=soon)
    assert found.deadline == FRIDAY + timedelta(minutes=2)
    assert found.hears_by == FRIDAY + timedelta(hours=2)
    assert "by Friday 20 November 2026, 12:00 (London time)" in found.customer_notice


@pytest.mark.parametrize(
    ("clocks", "due"),
    [
        ({}, FRIDAY + timedelta(minutes=30)),
        ({"resolution": "paused"}, FRIDAY + timedelta(hours=2)),
        ({"resolution": "met"}, FRIDAY + timedelta(hours=2)),
        ({"resolution_met": FRIDAY}, FRIDAY + timedelta(hours=2)),
        ({"resolution_due": FRIDAY}, FRIDAY + timedelta(hours=2)),
        ({"resolution_due": FRIDAY - timedelta(hours=3)}, FRIDAY + timedelta(hours=2)),
        ({"resolution_due": FRIDAY + timedelta(hours=3)}, FRIDAY + timedelta(hours=2)),
        ({"first_response": "running", "first_response_due": FRIDAY + timedelta(minutes=5)},
         FRIDAY + timedelta(minutes=5)),
        ({"first_response": "running", "first_response_met": FRIDAY,
          "first_response_due": FRIDAY + timedelta(minutes=5)}, FRIDAY + timedelta(minutes=30)),
    ],
)  # fmt: skip
def test_only_an_open_clock_sets_the_deadline(clocks: dict[str, Any], due: datetime) -> None:
    found = escalated(sla_rule(), text="I am waiting for weeks.", priority=priority_with(**clocks))
    assert found.deadline == due


def test_clocks_set_no_deadline_for_what_is_no_matter_of_time() -> None:
    found = escalated(a_rule(), priority=priority_with())
    assert found.deadline == FRIDAY + timedelta(hours=1)


def test_the_shortest_of_all_triggered_rules_counts_and_the_first_leads() -> None:
    slow = a_rule("legal", team="Legal", within_hours=8, phrases=("my lawyer",))
    text = "It caught fire, and my lawyer knows."
    found = escalated(slow, a_rule(), text=text)
    assert found.path is not None
    assert found.path.team == "Legal"
    assert found.deadline == found.hears_by == FRIDAY + timedelta(hours=1)
