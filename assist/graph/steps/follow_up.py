"""Promises and decisions -> what to verify, when, on which channel."""

from assist.domain.case import Case
from assist.domain.suggestion import FollowUp
from assist.graph.casework.promised import LOOK_AFTER, channel_of
from assist.graph.state import Update
from assist.graph.time import due_in_days
from assist.graph.tools import Tools


async def follow_up(case: Case, tools: Tools) -> Update:
    """One follow-up per promise with a due time, one on the outcome, and the look at day 14."""
    channel = channel_of(case)
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
        look = case.now + LOOK_AFTER
        what = "Did it hold? Look whether the customer came back about it"
        found.append(FollowUp(what=what, channel=channel, due=look))
    return {"follow_ups": tuple(found), "said": f"{len(found)} follow-up(s) on {channel}"}
