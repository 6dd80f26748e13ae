"""A company whose facts colleagues know, and the cases that make us ask them."""

from datetime import UTC, datetime
from typing import Any

from assist.domain.case import Case
from assist.domain.categories import Category
from assist.domain.consultation import Consultation
from assist.domain.facts import FactDeclaration
from assist.domain.issue import Abstention, Issue
from assist.domain.policy import PolicySet
from assist.domain.solution import Action, Candidate
from assist.domain.verdict import Verdict
from assist.graph.consulting import consultations_for
from tests.builders import NOW, a_ticket
from tests.policies.rules import an_action_type, only_rule, rules

DUE = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
TEXT = "Please refund my hub, because it has been replaced before and it still fails every day."
DECLARED = (
    FactDeclaration(
        path="order.repairs", type="integer", label="earlier repairs", source="agent",
        question="How often was it repaired in our workshop?",
    ),
    FactDeclaration(path="order.promise", type="text", label="earlier promise", source="colleague"),
    FactDeclaration(path="order.batch", type="text", label="batch", source="records"),
    FactDeclaration(path="device.dropped", type="boolean", source="customer", question="Dropped?"),
    FactDeclaration(
        path="order.total", type="money", source="records", question="What did you pay?"
    ),
    FactDeclaration(path="customer.flag", type="boolean", source="agent", account=True),
    FactDeclaration(path="order.id", type="text", source="customer", account=True),
    FactDeclaration(path="device.age", type="number", source="agent"),
)  # fmt: skip
NO_ANSWER = Abstention(code="no_evidence", reason="no article covers it", would_help="one")


def company(*policies: Any, **fields: Any) -> PolicySet:
    """Facts that colleagues know, two categories with an owner and one without."""
    categories = (
        Category(id="returns", title="Returns", owner="Returns Desk"),
        Category(id="repairs", title="Repairs", owner="Workshop"),
        Category(id="orphan", title="Orphan"),
    )
    given: dict[str, Any] = {
        "facts": DECLARED,
        "categories": categories,
        "actions": (an_action_type(signals=("refund",)),),
        "escalation": only_rule("safety"),
    }
    return rules(*policies, **given | fields)


def an_issue(text: str = TEXT, **fields: Any) -> Issue:
    """A hub that fails and should be refunded."""
    given = {"id": "i1", "statement": "The hub fails.", "text": text, "category": "returns"}
    return Issue.model_validate(given | fields)


def a_case(issue: Issue, **fields: Any) -> Case:
    """The case of this issue alone."""
    given = {"ticket": a_ticket(issue.text), "now": NOW, "issues": (issue,)}
    return Case(**given | fields)


def a_refund_that_waits(*facts: str, **fields: Any) -> Candidate:
    """A refund whose verdict depends on these facts."""
    verdict = Verdict(value="unknown", facts=facts, clauses=("returns.window",))
    given = {
        "id": "i1.c1",
        "issue_id": "i1",
        "title": "Refund the purchase",
        "actions": (Action(kind="refund"),),
        "verdict": verdict,
    }
    return Candidate(**given | fields)


def asked(
    *candidates: Candidate,
    issue: Issue | None = None,
    policy_set: PolicySet | None = None,
    filed: str | None = None,
    **fields: Any,
) -> tuple[Consultation, ...]:
    """What colleagues are asked about an issue, `filed` being the category of any precedent."""
    one = issue or an_issue()
    return consultations_for(
        a_case(one, **fields), one, candidates, policy_set or company(), DUE,
        filed_under=lambda _: filed,
    )  # fmt: skip
