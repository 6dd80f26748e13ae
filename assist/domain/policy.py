"""What the company decided: policies and their clauses, and all its rules as one `PolicySet`.

All of it together, at one generation, is the `PolicySet`. The formats are described in
`docs/policies.md`; these types are what those files are read into.
"""

from datetime import date
from typing import Literal

from pydantic import Field

from assist.domain.actions import ActionType
from assist.domain.authority import Authority
from assist.domain.base import Currency, Model, Money
from assist.domain.categories import Category
from assist.domain.completeness import TicketTemplate
from assist.domain.escalation_rules import EscalationRules
from assist.domain.facts import FactDeclaration
from assist.domain.sla import Sla
from assist.domain.tone import Tone
from assist.domain.verdict import Level

ClauseType = Literal["mandatory", "exception", "discretionary", "standard"]
Effect = Literal["allow", "forbid", "needs_approval", "require", "limit"]


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
    period_days: int | None = Field(default=None, gt=0, le=3660)
    """Of a limit: it caps what the customer was granted in so many days. None: this case alone."""
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


class Requirement(Model):
    """A clause in force for this case, with how far it bends and why we have it."""

    clause_id: str
    type: ClauseType
    text: str
    flexibility: str
    purpose: str


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
    tone: Tone = "plain"
    defaults: tuple[str, ...] = ()
    """The files the knowledge base did not have, for which the packaged defaults stand in."""
