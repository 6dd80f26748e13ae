"""Promises and decisions -> what to verify, when, on which channel."""

from datetime import timedelta

from assist.domain.case import Case
from assist.domain.suggestion import FollowUp
from assist.graph.state import Update
from assist.graph.time import due_in_days
from assist.graph.tools import Tools

REVIEW_AFTER = timedelta(days=14)
"""The formal look whether a solution held: two weeks show most returns of the same problem."""


async def follow_up(case: Case, tools: Tools) -> Update:
    """One follow-up per promise with a due time, one on the outcome, and the look at day 14."""
    channel = _channel(case)
    found = [
        FollowUp(what=f"Promise kept? {promise.text}", channel=channel, due=promise.due)
        for promise in case.promises
        if promise.due is not None
    ]
    if case.questions:
        due = due_in_days(case, tools.policy_set, 2)
        found.append(
            FollowUp(what="Has the customer answered? Remind once", channel=channel, due=due)
        )
    if any(issue.choice for issue in case.issues):
        look = case.now + REVIEW_AFTER
        what = "Did it hold? Look whether the customer came back about it"
        found.append(FollowUp(what=what, channel=channel, due=look))
    return {"follow_ups": tuple(found), "said": f"{len(found)} follow-up(s) on {channel}"}


def _channel(case: Case) -> str:
    """The customer's preferred channel, else the one they wrote on."""
    recorded = case.record.preferred_channel if case.record else None
    return case.ticket.customer.preferred_channel or recorded or case.ticket.channel or "email"
