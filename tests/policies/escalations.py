"""A company in London and Berlin with someone on call, and what it escalates."""

from datetime import UTC, datetime
from typing import Any

from assist.domain.escalation import Escalation
from assist.domain.escalation_rules import EscalationRule, EscalationRules, Route
from assist.domain.policy import PolicySet
from assist.domain.sla import Calendar, Signal
from assist.drafting.dates import in_words
from assist.policies.escalation import Situation, assess
from tests.policies.rules import an_sla, rules

LONDON = Calendar(region="UK", time_zone="Europe/London", opens="09:00", closes="17:30")
BERLIN = Calendar(region="EU", time_zone="Europe/Berlin", opens="09:00", closes="17:30")
SIGNALS = (
    Signal(name="despair", phrases=("end my life", "suicidal")),
    Signal(name="frail", phrases=("newborn", "elderly"), not_phrases=("newborn kitten",)),
)
NIGHT_DUTY = Route(team="Safety", role="officer on call")
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def a_rule(code: str = "safety", **fields: Any) -> EscalationRule:
    """A rule about safety that an officer on duty follows within an hour."""
    given_ = {
        "code": code,
        "team": "Safety",
        "role": "officer on duty",
        "within_hours": 1,
        "phrases": ("caught fire", "suicidal"),
        "customer_notice": "{team} contacts you by {when}.",
    }
    return EscalationRule.model_validate(given_ | fields)


def company(*of: EscalationRule) -> PolicySet:
    """Its rules are these, its business hours those of London and Berlin."""
    sla = an_sla(calendars=(LONDON, BERLIN), default_region="UK", signals=SIGNALS)
    return rules(sla=sla, escalation=EscalationRules(rules=of))


def escalated(
    *of: EscalationRule, text: str = "It caught fire.", now: datetime = FRIDAY, **fields: Any
) -> Escalation:
    """What becomes of a text from the UK under these rules."""
    situation = Situation(text=text, now=now, region="UK", **fields)
    return assess(company(*of), situation, in_words)


ON_CALL: dict[str, Any] = {"around_the_clock": True, "on_call": NIGHT_DUTY}
