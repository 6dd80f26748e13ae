"""A small company's rules as they stand in files, and what an audit finds in them."""

from datetime import date
from typing import Any

from assist.domain.knowledge import Document
from assist.policies.audit.findings import Finding
from assist.policies.audit.whole import audit

FACTS = """\
facts:
  - {path: order.delivered_at, type: date, source: records}
  - {path: order.placed_at, type: date, source: records}
  - {path: order.total, type: money, source: records, unit: GBP}
  - {path: order.paid, type: boolean, source: records}
  - {path: order.items, type: integer, source: records}
  - {path: order.weight, type: number, source: records}
  - {path: order.note, type: text, source: records}
  - {path: device.state, type: choice, source: records, choices: [new, worn, broken]}
  - {path: customer.region, type: choice, source: records, choices: [US, UK, EU]}
  - {path: customer.id, type: text, source: records}
"""
ACTIONS = """\
actions:
  - {kind: refund, title: Refund, parameters: {amount: {type: money}}, cost_parameter: amount}
  - {kind: credit, title: Credit, parameters: {amount: {type: money}}, cost_parameter: amount}
  - {kind: repair, title: Repair}
"""
AUTHORITY = """\
levels: [agent, lead, manager]
approvers: {lead: the team lead, manager: the support manager}
grants:
  - {level: agent, action: refund}
  - {level: agent, action: credit}
  - {level: agent, action: repair}
"""
RECORDS = "currency: {UK: GBP, US: USD}\n"
FILES = {
    "facts.yaml": FACTS,
    "actions.yaml": ACTIONS,
    "authority.yaml": AUTHORITY,
    "records.yaml": RECORDS,
}
CLAUSE_LINES = 10
"""The first clause of a policy stands on line 10, the next on line 20."""


def a_rule(name: str = "first", **fields: Any) -> dict[str, Any]:
    """A standard clause that allows every action; its id gets the policy's id in front."""
    return {
        "id": name,
        "type": "standard",
        "actions": ["refund", "credit", "repair"],
        "effect": "allow",
        "reason": "It is so.",
        "text": f"The sentence of {name}.",
        **fields,
    }


def forbids(name: str, when: str, **fields: Any) -> dict[str, Any]:
    return a_rule(name, when=when, effect="forbid", **fields)


def a_document(*clauses: dict[str, Any], policy: str = "returns", **fields: Any) -> Document:
    """A policy with these clauses, whose prose is their sentences."""
    given = [{**clause, "id": f"{policy}.{clause['id']}"} for clause in clauses]
    lines = {"effective": 4, "expires": 5, "supersedes": 6, "review_due": 7, "regions.0": 8}
    for n in range(len(given)):
        lines[f"clauses.{n}"] = CLAUSE_LINES * (n + 1)
        keys = ("when", "limit", "text", "level", "period_days")
        lines |= {f"clauses.{n}.{key}": CLAUSE_LINES * (n + 1) + 2 for key in keys}
    front_matter: dict[str, Any] = {
        "id": policy,
        "title": policy,
        "version": "1",
        "owner": "Care",
        "purpose": "Fairness.",
        "effective": "2026-01-01",
        "clauses": given,
    }
    front_matter |= fields
    return Document(
        id=policy,
        kind="policy",
        title=policy,
        text=" ".join(clause["text"] for clause in given),
        source=f"policies/{policy}.md",
        front_matter={key: value for key, value in front_matter.items() if value is not None},
        front_matter_lines=lines,
    )


def look(
    *documents: Document, on: date | None = None, files: dict[str, str] | None = None
) -> list[Finding]:
    """What the audit finds in the small company with these policies."""
    return list(audit({**FILES, **(files or {})}, documents, on))


def looked(
    *documents: Document, on: date | None = None, files: dict[str, str] | None = None
) -> list[str]:
    """The findings as `code file:line`."""
    return [f"{f.code} {f.file}:{f.line}" for f in look(*documents, on=on, files=files)]
