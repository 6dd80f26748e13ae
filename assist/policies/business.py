"""Moments of business: when somebody is there before a time, and whether anybody is at all."""

from datetime import datetime, timedelta

from assist.domain.sla import Calendar
from assist.policies.sla import add_business_time, business_time_between

A_MOMENT = timedelta(minutes=1)


def last_business_moment(calendar: Calendar, since: datetime, until: datetime) -> datetime | None:
    """The last moment of business between the two, in UTC; none where there is no business.

    Both need a time zone, else `ValueError`.
    """
    length = business_time_between(calendar, since, until)
    return add_business_time(calendar, since, length) if length else None


def is_open_at(calendar: Calendar, moment: datetime) -> bool:
    """Whether there is business at this moment, or has been until it. It needs a time zone."""
    return bool(business_time_between(calendar, moment - A_MOMENT, moment + A_MOMENT))
