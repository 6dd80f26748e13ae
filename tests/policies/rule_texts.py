"""Files of rules as a company writes them, and what is said of those that are wrong."""

from typing import Any

import pytest

from assist.errors import BadKnowledgeBase
from assist.policies.reading import read_policy_set
from tests.policies.rules import a_policy_document

SLA = """\
matrix: {high: [P1, P2, P3], medium: [P2, P3, P4], low: [P3, P4, P4]}
targets:
  P1: {first_response_hours: 1, resolution_hours: 8}
  P2: {first_response_hours: 1, resolution_hours: 8}
  P3: {first_response_hours: 1, resolution_hours: 8}
  P4: {first_response_hours: 1, resolution_hours: 8}
calendars:
  - {region: US, time_zone: America/New_York, opens: "09:00", closes: "18:00"}
"""
ACTIONS = """\
actions:
  - kind: callback
    title: Call back
    when: order.placed_at < '2026-01-01'
"""
GRANT = "grants: [{level: lead, action: callback, limit: [{amount: 49.5, currency: USD}]}]"
ALIASES = "\n".join(
    ["a0: &a0 [x, y]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
)
"""Nine lines that stand for 86 million entries."""
RULE = """\
rules:
  - code: safety
    team: Safety
    role: officer
    within_hours: 1
    customer_notice: We are on it.
"""


def complaint(files: dict[str, str], **policy: Any) -> BadKnowledgeBase:
    """What is said of these files, and of a policy with these fields where any are given."""
    documents = (a_policy_document(**policy),) if policy else ()
    with pytest.raises(BadKnowledgeBase) as caught:
        read_policy_set(files, documents, "v1")
    assert caught.value.cure
    return caught.value
