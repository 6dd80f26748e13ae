"""Builders of rules: a small company with the few rules a test is about."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from assist.domain.actions import ActionType, ParameterType
from assist.domain.authority import Authority, Cap, Grant
from assist.domain.base import Money
from assist.domain.escalation_rules import EscalationRules
from assist.domain.facts import FactDeclaration
from assist.domain.grants import Granted
from assist.domain.knowledge import Document
from assist.domain.policy import Clause, Policy, PolicySet
from assist.domain.sla import Sla
from assist.domain.solution import Action
from assist.policies.reading import read_policy_set

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
FACTS = (
    FactDeclaration(path="order.delivered_at", type="date"),
    FactDeclaration(path="order.total", type="money"),
    FactDeclaration(path="order.paid", type="boolean"),
    FactDeclaration(path="order.items", type="integer"),
    FactDeclaration(path="device.age", type="number"),
    FactDeclaration(path="device.state", type="choice", choices=("new", "worn", "broken")),
    FactDeclaration(path="device.serial", type="text"),
    FactDeclaration(path="customer.region", type="text"),
)
DEFAULTS = read_policy_set({}, (), "defaults")


def money(amount: object, currency: str = "GBP") -> Money:
    return Money.model_validate({"amount": amount, "currency": currency})


def a_clause(clause_id: str = "returns.window", **fields: Any) -> Clause:
    """A standard clause that allows a refund."""
    given = {
        "id": clause_id,
        "policy_id": clause_id.split(".", maxsplit=1)[0],
        "type": "standard",
        "actions": ("refund",),
        "effect": "allow",
        "reason": f"{clause_id} says so",
        "text": f"The text of {clause_id}.",
    }
    return Clause.model_validate(given | fields)


def a_policy(*clauses: Clause, **fields: Any) -> Policy:
    given = {
        "id": clauses[0].policy_id if clauses else "returns",
        "title": "Returns",
        "version": "1",
        "owner": "Care",
        "purpose": "A fair way back.",
        "effective": date(2026, 1, 1),
        "clauses": clauses,
    }
    return Policy.model_validate(given | fields)


def a_grant(level: str, *limit: Money, action: str = "refund", **fields: Any) -> Grant:
    return Grant.model_validate({"level": level, "action": action, "limit": limit, **fields})


def a_cap(*amount: Money, days: int = 90, count: int | None = None) -> Cap:
    return Cap(days=days, amount=amount, count=count)


def granted(amount: object = "45.00", currency: str = "GBP", **fields: Any) -> Granted:
    """A refund that the customer was granted so many `days_ago`, none unless told."""
    at = NOW - timedelta(days=fields.pop("days_ago", 0))
    given = {
        "id": "g-1",
        "customer_id": "c-1",
        "action": "refund",
        "amount": None if amount is None else money(amount, currency),
        "level": "agent",
        "by": "kim",
        "at": at,
    }
    return Granted.model_validate(given | fields)


def an_action_type(kind: str = "refund", **fields: Any) -> ActionType:
    """An action with an amount that comes from the order's total."""
    amount = ParameterType(type="money", default_fact="order.total")
    given = {
        "kind": kind,
        "title": kind,
        "categories": ("returns",),
        "parameters": {"amount": amount},
        "cost_parameter": "amount",
    }
    return ActionType.model_validate(given | fields)


def rules(
    *policies: Policy, grants: tuple[Grant, ...] = (a_grant("agent"),), **fields: Any
) -> PolicySet:
    """A policy set with these policies and grants; an agent may refund anything unless told."""
    given = {
        "version": "test",
        "policies": policies,
        "facts": FACTS,
        "actions": (an_action_type(),),
        "authority": Authority(grants=grants, approvers={"lead": "the team lead"}),
        "sla": fields.pop("sla", DEFAULTS.sla),
        "currency": {"UK": "GBP", "US": "USD"},
    }
    return PolicySet.model_validate(given | fields)


def a_refund(amount: object = "50.00", currency: str = "GBP") -> Action:
    return Action(kind="refund", parameters={"amount": money(amount, currency)})


def an_sla(**fields: Any) -> Sla:
    return DEFAULTS.sla.model_copy(update=fields)


def only_rule(code: str) -> EscalationRules:
    """The packaged rule of one code, alone."""
    return EscalationRules(rules=tuple(r for r in DEFAULTS.escalation.rules if r.code == code))


CLAUSE: dict[str, Any] = {
    "id": "returns.window",
    "type": "standard",
    "actions": ["callback"],
    "effect": "allow",
    "reason": "The window is open.",
    "text": "A device can be returned within 30 days.",
}
FRONT_MATTER: dict[str, Any] = {
    "id": "returns",
    "title": "Returns",
    "version": "3",
    "owner": "Care",
    "effective": "2026-01-01",
    "purpose": "A fair way back.",
    "clauses": [CLAUSE],
}


def a_policy_document(**fields: Any) -> Document:
    """A policy as it is read from a Markdown file; a field that is None is left out."""
    front_matter = {k: v for k, v in {**FRONT_MATTER, **fields}.items() if v is not None}
    return Document(
        id="returns",
        kind="policy",
        title="Returns",
        text="# Returns\n\nA device can be\nreturned within 30 days. Ask first.",
        source="policies/returns.md",
        front_matter=front_matter,
        front_matter_lines={"clauses": 9, "clauses.0.text": 15, "clauses.0.when": 12},
    )


def clause_with(**fields: Any) -> list[dict[str, Any]]:
    """The clauses of `a_policy_document` with some fields of the one clause changed."""
    return [{**CLAUSE, **fields}]
