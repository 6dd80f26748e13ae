"""When things are due for a case: in the business hours of the customer's region."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from assist.domain.case import Case
from assist.domain.policy import PolicySet
from assist.domain.sla import Calendar
from assist.graph.scope import region_of
from assist.graph.solved import is_solved
from assist.policies.sla import add_business_hours, calendar_for, opening_hours


def calendar_of(case: Case, policy_set: PolicySet) -> Calendar:
    """The business calendar of the customer's region, else the company's default."""
    return calendar_for(policy_set.sla, region_of(case))


def time_zone_of(case: Case, policy_set: PolicySet) -> str:
    """The IANA time zone dates are told in."""
    return calendar_of(case, policy_set).time_zone


def due_in_days(case: Case, policy_set: PolicySet, days: int) -> datetime:
    """So many business days from now, counted in the hours the region is open."""
    calendar = calendar_of(case, policy_set)
    opens, closes = opening_hours(calendar)
    length = closes - timedelta(hours=opens.hour, minutes=opens.minute)
    hours = days * Decimal(int(length.total_seconds())) / 3600
    return add_business_hours(calendar, case.now, hours)


def next_contact(
    case: Case, policy_set: PolicySet, open_points: Sequence[Sequence[str]]
) -> datetime | None:
    """When we write again where anything is left open; none when the reply settles everything.

    What the escalation's notice says, else one more first-response time of the case's priority.
    """
    escalation = case.escalation
    if escalation is not None and escalation.needed:
        return escalation.hears_by or escalation.deadline
    unanswered = [i for i in case.issues if i.abstention and not is_solved(i, case)]
    pending = bool(unanswered) or any(open_points)
    priorities = [issue.priority for issue in case.issues if issue.priority]
    if not pending or not priorities:
        return None
    hours = min(priority.clocks.first_response_hours for priority in priorities)
    return add_business_hours(calendar_of(case, policy_set), case.now, hours)
