"""Whom to ask inside the company, and by when they should have answered."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assist.graph.consulting import consultation_due
from assist.policies.priority import prioritize
from tests.builders import NOW
from tests.graph.consultations import TEXT, a_case, a_refund_that_waits, an_issue, asked, company
from tests.policies.rules import a_clause, a_policy, only_rule


@pytest.mark.parametrize(
    ("category", "rule", "owner"),
    [
        ("returns", "no_evidence", "Returns Desk"),
        ("orphan", "no_evidence", "The Policy's Owner"),
        (None, "no_evidence", "The Policy's Owner"),
    ],
)
def test_without_an_owner_of_the_category_the_policys_owner_is_asked(
    category: str | None, rule: str, owner: str
) -> None:
    policy = a_policy(a_clause("returns.window"), owner="The Policy's Owner")
    policy_set = company(policy, escalation=only_rule(rule))
    issue = an_issue(category=category)
    (found,) = asked(a_refund_that_waits("order.repairs"), issue=issue, policy_set=policy_set)
    assert found.owner == owner


def test_where_nobody_owns_it_the_desk_for_what_has_no_answer_is_asked_or_nobody() -> None:
    issue, waits = an_issue(category="orphan"), a_refund_that_waits("order.repairs")
    desk = company(escalation=only_rule("no_evidence"))
    assert [c.owner for c in asked(waits, issue=issue, policy_set=desk)] == ["Customer Care"]
    assert asked(waits, issue=issue) == ()


def test_a_colleague_has_half_of_the_time_until_the_customer_hears_from_us() -> None:
    policy_set = company()
    priority = prioritize(policy_set, text=TEXT, now=NOW)
    issue = an_issue(priority=priority)
    assert priority.clocks.first_response_hours == Decimal(8)
    assert consultation_due(a_case(issue), issue, policy_set) == NOW.replace(hour=14)


def test_without_a_priority_a_colleague_has_a_business_day() -> None:
    issue = an_issue()
    due = consultation_due(a_case(issue), issue, company())
    assert due == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
