"""What the company decided: policies and their clauses, facts, categories, actions, authority.

All of it together, at one generation, is the `PolicySet`. The YAML formats are described in
`kb_corpus/README.md`; these types are what those files are read into.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field, JsonValue

from assist.domain.base import Currency, Model, Money, Unit
from assist.domain.completeness import TicketTemplate

ClauseType = Literal["mandatory", "exception", "discretionary", "standard"]
Effect = Literal["allow", "forbid", "needs_approval", "require", "limit"]
FactType = Literal["text", "integer", "number", "money", "date", "boolean", "choice"]
FactSource = Literal["customer", "records", "agent"]
VerdictValue = Literal["allowed", "needs_approval", "forbidden", "unknown"]
Level = str
"""What you may grant: one of `Authority.levels`, lowest first."""


class FactDeclaration(Model):
    """A typed thing that may be known: its path, its type, and the question that asks for it."""

    path: str
    type: FactType
    unit: str | None = None
    choices: tuple[str, ...] = ()
    label: str = ""
    question: str = ""
    source: FactSource = "customer"
    account: bool = False
    """True: comes from the customer's account, told only after `identity_verified`."""
    signal: str | None = None
    """The signal in `sla.yaml` whose presence in the ticket makes this boolean fact true."""


class Clause(Model):
    """One rule of a policy, typed and dated. `text` is the sentence of the policy's own prose."""

    id: str
    policy_id: str
    type: ClauseType
    actions: tuple[str, ...]
    when: str = "true"
    """A CEL condition over declared facts."""
    effect: Effect
    level: Level | None = None
    facts: tuple[str, ...] = ()
    limit: tuple[Money, ...] = ()
    reason: str
    text: str
    flexibility: str = ""


class Policy(Model):
    """A policy document: who owns it, when it is in force, why we have it, and its clauses."""

    id: str
    title: str
    version: str
    owner: str
    purpose: str
    effective: date
    expires: date | None = None
    regions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    supersedes: str | None = None
    clauses: tuple[Clause, ...] = ()


class Verdict(Model):
    """May this be done at this level? With the clauses that say so and the arithmetic shown."""

    value: VerdictValue
    level: Level | None = None
    facts: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    arithmetic: tuple[str, ...] = ()
    reason: str = ""


class Requirement(Model):
    """A clause in force for this case, with how far it bends and why we have it."""

    clause_id: str
    type: ClauseType
    text: str
    flexibility: str
    purpose: str


class Cause(Model):
    """A cause hypothesis: what it would be, what speaks for it, the check that tells it apart."""

    statement: str
    evidence: str = ""
    check: str = ""


class DeclaredCause(Model):
    """A cause the company knows of. `signals` are phrases in a ticket that speak for it."""

    statement: str
    check: str
    signals: tuple[str, ...] = ()


class Category(Model):
    """A standard category: the words that speak for it, its owner and its known causes."""

    id: str
    title: str
    owner: str = ""
    goal: str = ""
    terms: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    """Facts that matter for this category; asked for only where they would change the decision."""
    causes: tuple[DeclaredCause, ...] = ()


class ParameterType(Model):
    """A parameter of an action: `type` as for facts; `default_fact` gives its value."""

    type: FactType
    default_fact: str | None = None
    default: JsonValue = None


class ActionType(Model):
    """A typed thing that can be done for a customer.

    `cost_fact` or `cost` say what it costs the company; `effort` is the customer's, 0 none to
    1 most; `promise` is the sentence for the customer, `due_days` business days after the decision.
    """

    kind: str
    title: str
    categories: tuple[str, ...] = ()
    when: str = "true"
    signals: tuple[str, ...] = ()
    """Phrases that ask for this action. Without one in the ticket it is offered, never chosen."""
    parameters: dict[str, ParameterType] = Field(default_factory=dict)
    cost_parameter: str | None = None
    cost: tuple[Money, ...] = ()
    effort: Unit = 0.2
    reversible: bool = True
    owner: Literal["agent", "team", "system", "customer"] = "agent"
    team: str = ""
    steps: tuple[str, ...] = ()
    promise: str = ""
    due_days: int | None = None
    tell: tuple[str, ...] = ()
    """Who must be told besides the customer."""
    good: str = ""
    """The outcome when it works."""
    bad: str = ""
    """The outcome when it does not."""


class Grant(Model):
    """What a level may grant on its own: an action up to an amount (none: no amount involved)."""

    level: Level
    action: str
    limit: tuple[Money, ...] = ()
    spirit: str = ""


class Authority(Model):
    """Levels lowest first, what each may grant, and who approves at each level."""

    levels: tuple[Level, ...] = ("agent", "senior", "lead", "manager")
    grants: tuple[Grant, ...] = ()
    approvers: dict[Level, str] = Field(default_factory=dict)


class Signal(Model):
    """A named detector of something that matters: phrases, and what they move."""

    name: str
    phrases: tuple[str, ...]
    not_phrases: tuple[str, ...] = ()
    """Look-alikes: a phrase inside one of these does not count."""
    category: str | None = None
    """The category an issue with this signal has, whatever else it speaks of."""
    impact: int = 0
    urgency: int = 0
    reason: str = ""


class Calendar(Model):
    """Business hours of a region in its time zone; weekdays 0 = Monday."""

    region: str
    time_zone: str
    opens: str = "09:00"
    closes: str = "17:00"
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    holidays: tuple[date, ...] = ()


class SlaTarget(Model):
    """Business hours to the first response and to the resolution, for one priority."""

    first_response_hours: Decimal
    resolution_hours: Decimal


class Sla(Model):
    """Impact x urgency -> priority, the clocks per priority, calendars and signals."""

    matrix: dict[str, tuple[str, ...]]
    """Impact `high|medium|low` -> priority for urgency high, medium, low, in this order."""
    targets: dict[str, SlaTarget]
    tier_boost: dict[str, int] = Field(default_factory=dict)
    calendars: tuple[Calendar, ...] = ()
    default_region: str = ""
    signals: tuple[Signal, ...] = ()


class EscalationRule(Model):
    """When a trigger holds: who takes over, by when, and what both sides are told."""

    code: str
    team: str
    role: str
    within_hours: Decimal
    phrases: tuple[str, ...] = ()
    not_phrases: tuple[str, ...] = ()
    customer_notice: str
    decision_requested: str = ""


class Route(Model):
    """Who takes over."""

    team: str
    role: str


class EscalationRules(Model):
    """All escalation rules of the company, in order of precedence."""

    rules: tuple[EscalationRule, ...] = ()
    languages: dict[str, Route] = Field(default_factory=dict)
    """Who takes over tickets that nobody else can read, by ISO 639-1 code."""


class PolicySet(Model):
    """Everything the company decided, at one generation, with one version fingerprint."""

    version: str
    company: str = ""
    currency: dict[str, Currency] = Field(default_factory=dict)
    policies: tuple[Policy, ...] = ()
    facts: tuple[FactDeclaration, ...] = ()
    categories: tuple[Category, ...] = ()
    actions: tuple[ActionType, ...] = ()
    authority: Authority = Authority()
    sla: Sla
    escalation: EscalationRules = EscalationRules()
    template: TicketTemplate = TicketTemplate()
    defaults: tuple[str, ...] = ()
    """The files the knowledge base did not have, for which the packaged defaults stand in."""
