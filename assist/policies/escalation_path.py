"""Who takes over, and by when: the company's route, who is on call, the hours of the rules."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from assist.domain.escalation import EscalationPath
from assist.domain.escalation_rules import EscalationRule, SignalRoute
from assist.domain.issue import Clocks
from assist.domain.policy import PolicySet
from assist.domain.sla import Calendar
from assist.policies.escalation_evidence import heard, rule_mentions, signal_mentions
from assist.policies.situation import Situation
from assist.policies.sla import add_business_hours, around_the_clock, calendar_for, zoned

_NO_HOURS = Decimal(0)


class Lead(NamedTuple):
    """The leading rule, and its route where a signal sends the case elsewhere."""

    rule: EscalationRule
    route: SignalRoute | None

    @property
    def customer_notice(self) -> str:
        """What the customer is told, with its placeholders."""
        return self.route.customer_notice if self.route else self.rule.customer_notice

    @property
    def decision_requested(self) -> str:
        """What the receiving side has to decide; empty where the company does not say."""
        asked = self.route.decision_requested if self.route else ""
        return asked or self.rule.decision_requested


def lead_of(rule: EscalationRule, policy_set: PolicySet, situation: Situation) -> Lead:
    """The rule with the first of its routes whose signal is heard."""
    routes = rule.routes.items()
    found = (route for name, route in routes if heard(name, policy_set, situation))
    return Lead(rule, next(found, None))


def also_concerned(lead: Lead, policy_set: PolicySet, situation: Situation) -> bool:
    """Whether the rule's own team has a share too: a danger the route's signal does not cover.

    Who writes of despair and of a burning plug needs both desks.
    """
    if lead.route is None:
        return False
    covered = [
        mention
        for name, route in lead.rule.routes.items()
        if route is lead.route
        for mention in signal_mentions(name, policy_set, situation)
    ]
    return any(
        all(said.end <= other.start or other.end <= said.start for other in covered)
        for said in rule_mentions(lead.rule, situation)
    )


def path_of(lead: Lead, calendar: Calendar, now: datetime) -> EscalationPath:
    """Who takes over now; `reason` says why it is the one on call."""
    usual: EscalationRule | SignalRoute = lead.route or lead.rule
    on_call = usual.on_call
    if on_call is None or is_open(calendar, now):
        return EscalationPath(team=usual.team, role=usual.role)
    reason = f"on call, since {local_time(calendar, now)} is outside business hours"
    return EscalationPath(team=on_call.team, role=on_call.role, on_call=True, reason=reason)


def is_open(calendar: Calendar, now: datetime) -> bool:
    """Whether `now` lies in business hours; the moment of closing does not."""
    moment = zoned(now)
    return add_business_hours(calendar, moment, _NO_HOURS) == moment


def due_by_hours(rule: EscalationRule, calendar: Calendar, now: datetime) -> datetime:
    """When the rule's own hours are over, in UTC.

    Around the clock they count at all times, also just before closing: whoever reports a fire at
    five past five must not wait longer than whoever does so at midnight.
    """
    counted = around_the_clock(calendar) if rule.around_the_clock else calendar
    return add_business_hours(counted, zoned(now), rule.within_hours)


def due_by_clocks(clocks: Clocks, now: datetime) -> tuple[datetime, ...]:
    """When the open SLA clocks run out; one that has run out sets no time any more."""
    both = (
        (clocks.first_response_due, clocks.first_response, clocks.first_response_met),
        (clocks.resolution_due, clocks.resolution, clocks.resolution_met),
    )
    return tuple(
        due
        for due, state, met in both
        if met is None and state not in ("met", "paused") and due > zoned(now)
    )


def calendar_of(policy_set: PolicySet, situation: Situation) -> Calendar:
    """The business calendar of the customer's region."""
    return calendar_for(policy_set.sla, situation.region)


def local_time(calendar: Calendar, moment: datetime) -> str:
    """For colleagues: `2026-11-23 10:00 (Europe/London)`, whatever their language."""
    local = zoned(moment).astimezone(ZoneInfo(calendar.time_zone))
    return f"{local:%Y-%m-%d %H:%M} ({calendar.time_zone})"
