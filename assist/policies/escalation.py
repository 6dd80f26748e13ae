"""Does a person with more authority or other knowledge have to take over? Why, who, by when.

Each code has one rule of the company (path, time, notices) and one test here. A test that holds
is a trigger with its evidence; a code without a rule has nobody to go to and triggers nothing.
"""

from datetime import datetime

from assist.domain.escalation import Escalation, EscalationPath, Trigger
from assist.domain.policy import EscalationRule, PolicySet
from assist.policies.escalation_notice import internal_notice
from assist.policies.escalation_triggers import TESTS
from assist.policies.situation import Situation
from assist.policies.sla import add_business_hours, calendar_for, zoned

__all__ = ["Situation", "assess"]


def assess(policy_set: PolicySet, situation: Situation) -> Escalation:
    """Whether to escalate; where needed with path, deadline in business hours and both notices.

    The path is that of the first rule in the company's order that is triggered; the deadline is
    the earliest of all that are.
    """
    raised = [
        (rule, Trigger.model_validate({"code": rule.code, "evidence": evidence}))
        for rule in policy_set.escalation.rules
        if (evidence := TESTS[rule.code](rule, policy_set, situation))
    ]
    if not raised:
        return Escalation(needed=False)
    rules = [rule for rule, _ in raised]
    lead, triggers = rules[0], tuple(trigger for _, trigger in raised)
    deadline = _deadline(policy_set, rules, situation)
    return Escalation(
        needed=True,
        triggers=triggers,
        path=EscalationPath(team=lead.team, role=lead.role),
        deadline=deadline,
        customer_notice=lead.customer_notice,
        internal_notice=internal_notice(lead, triggers, situation, deadline),
    )


def _deadline(policy_set: PolicySet, rules: list[EscalationRule], situation: Situation) -> datetime:
    calendar = calendar_for(policy_set.sla, situation.region)
    hours = min(rule.within_hours for rule in rules)
    return add_business_hours(calendar, zoned(situation.now), hours)
