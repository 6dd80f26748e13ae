"""Cases of the sample company, worked on as a helpdesk works on them."""

from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

TEXT = "My parcel has not arrived. Where is it? I ordered it two weeks ago."
PROMISE = "Hello, we will write to you within two business days."
COURIER = "Have the courier trace the parcel"
"""What the sample company can do about a parcel that has not arrived, among others."""
WANTS_A_CREDIT = {
    "id": "t-6",
    "text": "My parcel came a week late. I want a credit for the trouble.",
    "customer": {"id": "c-9002", "region": "US"},
    "facts": {
        "customer.credits_90_days": 0,
        "customer.fraud_flag": False,
        "safety.incident_reported": False,
    },
}
"""A credit of 80.00 USD is beyond the agent's limit."""


def a_ticket(ticket_id: str, **fields: Any) -> dict[str, Any]:
    """A ticket about a parcel that has not arrived."""
    return {"id": ticket_id, "text": TEXT} | fields


def opened(client: TestClient, ticket_id: str, **fields: Any) -> dict[str, Any]:
    """The case of such a ticket."""
    answer = client.post("/v1/cases", json=a_ticket(ticket_id, **fields))
    assert answer.status_code in (200, 201), answer.text
    view: dict[str, Any] = answer.json()
    return view


def a_decision(view: dict[str, Any], kind: str = "edit", **told: Any) -> dict[str, Any]:
    """The body of a decision on the suggestion that this view of a case shows."""
    text = {"text": PROMISE} if kind in ("edit", "choose", "ask_customer") else {}
    given = {"key": "d-1", "by": "Mo", "suggestion_id": view["case"]["suggestion_id"]}
    return given | {"kind": kind} | text | told


def the_courier(view: dict[str, Any]) -> str:
    """The id of the candidate by that title."""
    candidates = view["suggestion"]["candidates"]
    return next(str(one["id"]) for one in candidates if one["title"] == COURIER)


def an_outcome(kind: str, **told: Any) -> dict[str, Any]:
    """The body of what came of it."""
    return {"key": "o-1", "by": "Mo", "kind": kind} | told


def act(client: TestClient, view: dict[str, Any], path: str, body: dict[str, Any]) -> Response:
    """An act on the case of this view: `decision`, `consult`, `progress`, `outcome`, `cancel`."""
    return client.post(f"/v1/cases/{view['case']['id']}/{path}", json=body)


def done(answer: Response) -> dict[str, Any]:
    """The case after an act that was done."""
    assert answer.status_code == 200, answer.text
    view: dict[str, Any] = answer.json()
    return view


def read(client: TestClient, view: dict[str, Any]) -> dict[str, Any]:
    """The case as it stands now."""
    return done(client.get(f"/v1/cases/{view['case']['id']}"))


def answered(client: TestClient, ticket_id: str, text: str = PROMISE) -> dict[str, Any]:
    """A case whose customer was answered with this text."""
    view = opened(client, ticket_id)
    return done(act(client, view, "decision", a_decision(view, text=text)))
