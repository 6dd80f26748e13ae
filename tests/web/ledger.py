"""A service whose company gives goodwill credits, 20.00 GBP at a time and 60.00 GBP in 90 days."""

from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.web.app import create_app
from tests.service.parts import a_kb, some_parts

FILES = {
    "actions.yaml": """
actions:
  - kind: credit
    title: Give a goodwill credit
    categories: [complaints]
    parameters:
      amount: {type: money}
    cost_parameter: amount
""",
    "authority.yaml": """
levels: [agent, lead]
approvers: {lead: the team lead}
grants:
  - level: agent
    action: credit
    limit: [{amount: "20.00", currency: GBP}]
    cap: {days: 90, amount: [{amount: "60.00", currency: GBP}]}
  - {level: lead, action: credit}
""",
    "categories.yaml": """
categories:
  - {id: complaints, title: Complaints, owner: Customer Care, terms: [unhappy]}
""",
    "facts.yaml": """
facts:
  - {path: order.id, type: text, question: "What is the order number?"}
  - {path: order.shipped_at, type: date, question: "When did it ship?", source: records}
""",
}


def a_service(folder: Path) -> TestClient:
    """All of it in memory."""
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    desk.ingest(a_kb(folder, hub="# The hub\n\nHold the button."), progress=silent)
    return TestClient(create_app(desk), raise_server_exceptions=False)


def a_grant(grant_id: str = "r-1", amount: str = "20.00", **fields: Any) -> dict[str, Any]:
    """The body of a request for a credit."""
    given = {
        "id": grant_id,
        "customer_id": "c-1",
        "action": "credit",
        "parameters": {"amount": {"amount": amount, "currency": "GBP"}},
        "by": "Mo",
        "on": "2026-11-20",
    }
    return given | fields


def a_question(question_id: str = "q-1", **fields: Any) -> dict[str, Any]:
    """The body of a request to ask a colleague."""
    given = {
        "id": question_id,
        "by": "Mo",
        "ticket_id": "t-1",
        "question": "When did it ship?",
        "fact": "order.shipped_at",
        "owner": "Logistics",
        "due": "2026-11-20T12:00:00+01:00",
    }
    return given | fields
