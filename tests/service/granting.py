"""A small company that gives goodwill credits, 20.00 GBP at a time and 60.00 GBP in 90 days."""

from datetime import date
from typing import Any

from assist.domain.actions import ParameterType
from assist.domain.authority import Authority, Cap, Grant
from assist.domain.policy import PolicySet
from assist.service.grant_requests import GrantRequest
from tests.policies.rules import a_clause, a_policy, an_action_type, money, rules

TODAY = date(2026, 11, 20)
"""The day of `tests.builders.NOW`."""
CREDIT = an_action_type(
    "credit",
    parameters={
        "amount": ParameterType(type="money"),
        "note": ParameterType(type="text"),
        "months": ParameterType(type="integer"),
        "from": ParameterType(type="date"),
        "announced": ParameterType(type="boolean"),
    },
)
CALLBACK = an_action_type("callback", parameters={}, cost_parameter=None)
REPLACEMENT = an_action_type(
    "replacement", parameters={}, cost_parameter=None, cost=(money("51.00"), money("62", "USD"))
)
BROKEN = a_clause(
    "goodwill.broken",
    type="mandatory",
    actions=("credit",),
    when="device.state == 'broken'",
    effect="forbid",
    reason="A broken device is replaced, not paid for",
)
GRANTS = (
    Grant(
        level="agent",
        action="credit",
        limit=(money("20.00"),),
        cap=Cap(days=90, amount=(money("60.00"),)),
    ),
    Grant(level="lead", action="credit"),
    Grant(level="agent", action="replacement", limit=(money("51.00"),)),
    Grant(level="agent", action="callback", cap=Cap(days=7, count=2)),
)


def goodwill(**fields: Any) -> PolicySet:
    """The company's rules."""
    given = {
        "actions": (CREDIT, CALLBACK, REPLACEMENT),
        "authority": Authority(grants=GRANTS, approvers={"lead": "the team lead"}),
    }
    policies = fields.pop("policies", (a_policy(BROKEN),))
    return rules(*policies, **(given | fields))


def a_request(request_id: str = "r-1", amount: object = "20.00", **fields: Any) -> GrantRequest:
    """A credit for the customer c-1, by an agent, for a device that is worn."""
    given = {
        "id": request_id,
        "customer_id": "c-1",
        "ticket_id": "t-1",
        "action": "credit",
        "parameters": {"amount": {"amount": str(amount), "currency": "GBP"}},
        "facts": {"device.state": "worn"},
        "by": "Mo",
        "on": TODAY,
    }
    return GrantRequest.model_validate(given | fields)


def a_callback(request_id: str, **fields: Any) -> GrantRequest:
    """A call for the customer, which costs nothing and may be promised twice in a week."""
    return a_request(request_id, **{"action": "callback", "parameters": {}, "facts": {}, **fields})
