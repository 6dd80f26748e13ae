"""Impact x urgency -> priority, each grade with its reason, and the clocks in business hours.

Both start low. Each signal that fires adds its grades; so do the tier and having had to ask
again. Tone alone moves nothing: whoever writes politely about smoke goes first.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from assist.domain.issue import Clocks, Grade, Priority, PriorityLevel
from assist.domain.policy import PolicySet, Signal, Sla
from assist.language.phrases import Mention, find
from assist.policies.sla import add_business_hours, calendar_for, zoned
from assist.policies.sla_checks import GRADES

TOP = len(GRADES) - 1
EARLIER_GRADES = 1
"""Urgency for having had to write again, once, however often: being loud twice is not a fire."""
OLDEST = timedelta(days=3650)
"""A ticket dated before this has a wrong date; its clocks are long overdue either way."""


class Heard(NamedTuple):
    """A signal and the words it was heard in."""

    signal: Signal
    mention: Mention


def prioritize(
    policy_set: PolicySet,
    *,
    text: str,
    now: datetime,
    created_at: datetime | None = None,
    tier: str | None = None,
    region: str | None = None,
    earlier: int = 0,
    frustrated: bool = False,
    unread: str = "",
) -> Priority:
    """The priority of a text.

    `earlier` counts the customer's earlier tickets about the same matter; with one, frustration
    weighs a grade too. `unread` says why nobody has read the text, which may hide anything: then
    its urgency is the highest. Clocks start at `created_at`, at the latest at `now`; times without
    a zone are read as UTC.
    """
    sla = policy_set.sla
    heard = hear(sla, text)
    reasons = [f"“{h.mention.text}”: {h.signal.reason or h.signal.name}" for h in heard]
    impact = sum(h.signal.impact for h in heard)
    urgency = sum(h.signal.urgency for h in heard)
    if boost := sla.tier_boost.get(tier or "", 0):
        urgency += boost
        reasons.append(f"customer tier {tier}: urgency raised by {boost}")
    if earlier > 0:
        urgency += EARLIER_GRADES
        reasons.append(f"the customer had to write again: {earlier} earlier ticket(s) about this")
        if frustrated:
            urgency += EARLIER_GRADES
            reasons.append("and has lost patience")
    if unread:
        urgency += TOP
        reasons.append(f"{unread}, and it may be urgent")
    level, impact_grade, urgency_grade = graded(sla, impact, urgency)
    if not reasons:
        reasons.append("nothing in the message points to harm, loss or a deadline")
    return Priority(
        level=level,
        impact=impact_grade,
        urgency=urgency_grade,
        reasons=tuple(reasons),
        clocks=_clocks(sla, level, region, _start(created_at, now)),
    )


def hear(sla: Sla, text: str) -> tuple[Heard, ...]:
    """The signals that fire in the text, each once, with the first words that made it fire."""
    found = [(signal, find(signal.phrases, text, signal.not_phrases)) for signal in sla.signals]
    return tuple(Heard(signal, mentions[0]) for signal, mentions in found if mentions)


def graded(sla: Sla, impact: int, urgency: int) -> tuple[PriorityLevel, Grade, Grade]:
    """Points above low, each capped at high, as priority, impact and urgency."""
    across, down = (TOP - min(max(points, 0), TOP) for points in (urgency, impact))
    level = sla.matrix[GRADES[down]][across]
    return _LEVELS[level], GRADES[down], GRADES[across]


_LEVELS: dict[str, PriorityLevel] = {"P1": "P1", "P2": "P2", "P3": "P3", "P4": "P4"}


def _start(created_at: datetime | None, now: datetime) -> datetime:
    present = zoned(now)
    started = zoned(created_at) if created_at is not None else present
    return max(min(started, present), present - OLDEST)


def _clocks(sla: Sla, level: PriorityLevel, region: str | None, start: datetime) -> Clocks:
    calendar, target = calendar_for(sla, region), sla.targets[level]
    return Clocks(
        first_response_due=add_business_hours(calendar, start, target.first_response_hours),
        resolution_due=add_business_hours(calendar, start, target.resolution_hours),
        first_response_hours=target.first_response_hours,
        resolution_hours=target.resolution_hours,
    )
