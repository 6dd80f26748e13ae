"""When to escalate and to whom, as the company declares it in `escalation.yaml`."""

from decimal import Decimal

from pydantic import Field

from assist.domain.base import Model


class Route(Model):
    """Who takes over."""

    team: str
    role: str


class SignalRoute(Route):
    """Who takes over instead where a signal of `sla.yaml` is heard, and what is said then.

    `alone`: the reply holds the notice and nothing else, and nothing is decided before somebody has
    read it. Whoever writes of despair gets no steps for canceling a plan.
    """

    on_call: Route | None = None
    alone: bool = False
    customer_notice: str
    decision_requested: str = ""


class PairedPhrases(Model):
    """Phrases that are no trigger alone: one of `signals` (of `sla.yaml`) is heard beside them.

    A cold house is a matter of heating; a cold house with a newborn in it is a matter of safety.
    """

    phrases: tuple[str, ...] = Field(min_length=1)
    signals: tuple[str, ...] = Field(min_length=1)
    not_phrases: tuple[str, ...] = ()


class EscalationRule(Model):
    """When a trigger holds: who takes over, by when, and what both sides are told.

    `within_hours` are business hours, or hours of any day and night where the rule is
    `around_the_clock`; outside business hours its `on_call` takes over. `routes` send a case
    elsewhere by the signal heard in it, the first that fits. In a `customer_notice`, `{when}`
    stands for the time until which the customer hears from us, `{team}` for who takes over.
    """

    code: str
    team: str
    role: str
    within_hours: Decimal
    around_the_clock: bool = False
    on_call: Route | None = None
    routes: dict[str, SignalRoute] = Field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    not_phrases: tuple[str, ...] = ()
    paired: tuple[PairedPhrases, ...] = ()
    customer_notice: str
    decision_requested: str = ""


class Thresholds(Model):
    """When counts become triggers. Judgement, not measurement: no labelled set tells them yet."""

    repeated: int = Field(default=2, ge=1)
    """Earlier tickets about the same matter: the first repeat is normal, the second a pattern."""
    contacted_before: int = Field(default=1, ge=1)
    """Earlier tickets that make anger, or having no answer, more than it was the first time."""
    complex_issues: int = Field(default=4, ge=1)
    """Different issues in one ticket; three are still one reply."""


class EscalationRules(Model):
    """All escalation rules of the company, in order of precedence."""

    rules: tuple[EscalationRule, ...] = ()
    thresholds: Thresholds = Thresholds()
    languages: dict[str, Route] = Field(default_factory=dict)
    """Who takes over tickets that nobody else can read, by ISO 639-1 code."""
