"""A promise and the company's calendar and SLA -> whether anybody can keep it in time.

Hours are those of the customer's region: a team has none of its own, but that somebody is on call.
A courier's, and anybody else's who is not us, are not known and are taken for ours.
"""

from collections.abc import Sequence
from datetime import datetime, time

from assist.domain.case import Case
from assist.domain.draft import Draft, Promise
from assist.domain.policy import PolicySet
from assist.drafting.commitments import FoundPromise
from assist.graph.time import calendar_of
from assist.policies.business import is_open_at
from assist.policies.sla import business_time_between

IN_TIME = ("running",)
"""States of the resolution's clock that a promise can still be late for: one that stands still
moves on, and one that has run out makes every promise late."""


def untimely(promise: FoundPromise, case: Case, rules: PolicySet) -> str:
    """Why it cannot be kept in time, in words; empty where it can, or names no time."""
    if promise.passed:
        return f"“{promise.when}” has passed"
    if promise.due is None:
        return ""
    return _closed(promise, promise.due, case, rules) or _too_late(promise.due, case)


def with_untimely(
    draft: Draft, promises: Sequence[Promise], case: Case, rules: PolicySet
) -> tuple[Draft, tuple[str, ...]]:
    """The draft with its promises flagged that cannot be kept, and what is wrong with each."""
    found = {p.text: untimely(FoundPromise(**p.model_dump()), case, rules) for p in promises}
    wrong = {text: why for text, why in found.items() if why}
    if not wrong:
        return draft, ()
    sentences = tuple(
        one.model_copy(update={"flags": (*one.flags, "untimely")}) if one.text in wrong else one
        for one in draft.sentences
    )
    notes = tuple(f"the promise “{text}” cannot be kept: {why}" for text, why in wrong.items())
    return draft.model_copy(update={"sentences": sentences}), notes


def _closed(promise: FoundPromise, due: datetime, case: Case, rules: PolicySet) -> str:
    """Nobody is there at the hour, on the day or until the time that is named."""
    path = case.escalation.path if case.escalation else None
    if path is not None and path.on_call:
        return ""
    calendar = calendar_of(case, rules)
    if promise.how == "at":
        told = f"nobody works at {due:%H:%M on %A %d %B %Y}"
        return "" if is_open_at(calendar, due) else told
    begins = case.now
    if promise.how == "on":
        begins = max(begins, datetime.combine(due.date(), time(), due.tzinfo))
    if business_time_between(calendar, begins, due):
        return ""
    day = f"{due:%A %d %B %Y}"
    return f"nobody works on {day}" if promise.how == "on" else f"nobody works until {day} ends"


def _too_late(due: datetime, case: Case) -> str:
    clocks = [issue.priority.clocks for issue in case.issues if issue.priority]
    running = [one.resolution_due for one in clocks if one.resolution in IN_TIME]
    if not running or len(running) < len(clocks) or due <= max(running):
        return ""
    told = max(running).astimezone(due.tzinfo)
    return f"due {due:%Y-%m-%d %H:%M}, later than the SLA resolves it: {told:%Y-%m-%d %H:%M}"
