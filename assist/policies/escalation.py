"""Does a person with more authority or other knowledge have to take over? Why, who, by when.

Each code has one rule of the company (path, time, notices) and one test here. A test that holds
is a trigger with its evidence; a code without a rule has nobody to go to and triggers nothing.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from assist.domain.escalation import Escalation, Trigger
from assist.domain.escalation_rules import EscalationRule
from assist.domain.policy import PolicySet
from assist.policies.escalation_notice import TAKE_OVER, Handover, internal_notice
from assist.policies.escalation_path import (
    also_concerned,
    calendar_of,
    due_by_clocks,
    due_by_hours,
    lead_of,
    path_of,
)
from assist.policies.escalation_triggers import TESTS
from assist.policies.notice_placeholders import fill_notice
from assist.policies.situation import Situation

__all__ = ["Situation", "Told", "assess"]

Told = Callable[[datetime, str], str]
"""A moment in the words a customer reads, in an IANA time zone."""


def assess(policy_set: PolicySet, situation: Situation, told: Told) -> Escalation:
    """Whether to escalate; where needed with path, deadline and both notices.

    The path is that of the first rule in the company's order that is triggered; the deadline is
    the earliest of all that are and, where a clock is about to run out, of that clock. `told`
    words the time in the customer's notice.
    """
    raised = [
        (rule, Trigger.model_validate({"code": rule.code, "evidence": evidence}))
        for rule in policy_set.escalation.rules
        if (evidence := TESTS[rule.code](rule, policy_set, situation))
    ]
    if not raised:
        return Escalation(needed=False)
    rules = [rule for rule, _ in raised]
    calendar = calendar_of(policy_set, situation)
    lead = lead_of(rules[0], policy_set, situation)
    path = path_of(lead, calendar, situation.now)
    hears_by = min(due_by_hours(rule, calendar, situation.now) for rule in rules)
    triggers = tuple(trigger for _, trigger in raised)
    shared = also_concerned(lead, policy_set, situation)
    handover = Handover(
        path=path,
        deadline=_deadline(hears_by, triggers, situation),
        decision=lead.decision_requested or TAKE_OVER,
        triggers=triggers,
        others=_others(path.team, rules if shared else rules[1:]),
    )
    when = told(hears_by, calendar.time_zone)
    return Escalation(
        needed=True,
        triggers=triggers,
        path=path,
        deadline=handover.deadline,
        hears_by=hears_by,
        customer_notice=fill_notice(lead.customer_notice, when=when, team=path.team),
        alone=lead.route is not None and lead.route.alone and not shared,
        internal_notice=internal_notice(handover, policy_set, situation),
        decision_requested=handover.decision,
    )


def _deadline(hears_by: datetime, triggers: Sequence[Trigger], situation: Situation) -> datetime:
    """The rules' hours, or the SLA clock that is about to run out, whichever is earlier."""
    priority = situation.priority
    if priority is None or all(trigger.code != "sla" for trigger in triggers):
        return hears_by
    return min((hears_by, *due_by_clocks(priority.clocks, situation.now)))


def _others(team: str, rules: Sequence[EscalationRule]) -> tuple[str, ...]:
    """Whom else the case concerns, each team once, by the first of its rules."""
    first: dict[str, str] = {}
    for rule in rules:
        if rule.team != team:
            first.setdefault(rule.team, f"{rule.team}, {rule.role}")
    return tuple(first.values())
