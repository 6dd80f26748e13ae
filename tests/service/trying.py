"""Trials of a refund by a company that refunds within 30 days, an agent up to 80 pounds."""

from typing import Any

import pytest

from assist.domain.policy import PolicySet
from assist.errors import BadInput
from assist.service.trials import Trial, Tried, try_policies
from tests.policies.rules import a_clause, a_grant, a_policy, money, rules

WINDOW = a_clause(when="days_since(order.delivered_at) <= 30")
DELIVERED = {"order.delivered_at": "2026-11-02"}
POUNDS: dict[str, Any] = {"amount": "50.00", "currency": "GBP"}


def company(**fields: Any) -> PolicySet:
    """Refunds within 30 days, by an agent up to 80 pounds, by a lead beyond."""
    grants = (a_grant("agent", money("80.00")), a_grant("lead"))
    return rules(a_policy(WINDOW), **({"grants": grants} | fields))


def tried(policy_set: PolicySet | None = None, **asked: Any) -> Tried:
    """A refund of fifty pounds today, of an order delivered within the window, unless told."""
    given = {
        "date": "2026-11-20",
        "actions": [{"kind": "refund", "parameters": {"amount": POUNDS}}],
        "facts": DELIVERED,
    }
    return try_policies(Trial.model_validate(given | asked), policy_set or company())


def refused(**asked: Any) -> BadInput:
    """What is said of a trial that cannot be made."""
    with pytest.raises(BadInput) as caught:
        tried(**asked)
    return caught.value
