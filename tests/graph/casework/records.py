"""The record of a case: an answer was suggested, a credit beside it, by rules that are kept."""

from datetime import UTC, date, datetime
from typing import Any

from assist.domain.case_event import CaseEvent
from assist.domain.categories import Cause
from assist.domain.draft import Citation, Draft, Sentence
from assist.domain.escalation import Escalation
from assist.domain.issue import Fact
from assist.domain.policy import Requirement
from assist.domain.record import Record
from assist.domain.solution import Action, Candidate, Choice
from assist.domain.suggestion import Suggestion
from assist.domain.verdict import Verdict
from assist.graph.casework.record import record_of
from assist.web.examples import a_suggestion
from tests.graph.casework.cases import a_case, an_issue, opened
from tests.policies.rules import a_clause, a_policy, rules

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CAUSE = Cause(statement="The router is full.", evidence="E-217", check="Look at its list.")
ANSWER = Candidate(
    id="i1.c1",
    issue_id="i1",
    title="Answer from “Hub offline”",
    actions=(Action(kind="inform"),),
    verdict=Verdict(value="allowed"),
)
CREDIT = Candidate(
    id="i1.c2",
    issue_id="i1",
    title="A credit",
    actions=(Action(kind="credit"),),
    verdict=Verdict(value="needs_approval", level="lead", clauses=("goodwill.one",)),
)
CITED = Citation(passage_id="hub#1", document_id="hub", quote="Restart the hub.")
DRAFT = Draft(
    text="Hello. Restart the hub.",
    sentences=(Sentence(text="Restart the hub.", kind="fact", citations=(CITED,)),),
)
RULES = rules(
    a_policy(a_clause("returns.window"), version="3", effective=date(2026, 9, 1)),
)
REQUIRED = Requirement(
    clause_id="returns.window", type="standard", text="30 days.", flexibility="", purpose=""
)


def suggested(**fields: Any) -> Suggestion:
    """The suggestion s-1: an answer chosen for the one issue, a credit beside it."""
    issue = an_issue(
        category="returns",
        choice=Choice(candidate_id="i1.c1", reason="0.8 against 0.6"),
        causes=fields.pop("causes", (CAUSE,)),
        facts=(
            Fact(path="order.id", value="FW-1", source="customer"),
            Fact(path="order.total", value={"amount": "5.00", "currency": "USD"}, source="records"),
            Fact(path="customer.name", value="Ana Lima", source="records"),
        ),
    )
    given = {
        "id": "s-1", "issues": (issue,), "issue": issue, "candidates": (ANSWER, CREDIT),
        "draft": DRAFT, "requirements": (REQUIRED,), "policy_version": RULES.version,
        "generation": "g-1", "escalation": Escalation(needed=False), "consultations": (),
    }  # fmt: skip
    return a_suggestion().model_copy(update=given | fields)


def recorded(*events: CaseEvent, **told: Any) -> Record:
    """The record of a case with these events after it was opened."""
    suggestion = told.pop("suggestion", None) or suggested()
    ledger, case = told.pop("ledger", ()), told.pop("case", {})
    happened = (opened(), *events)
    return record_of(
        a_case(*happened, **case), happened, [suggestion], ledger, **({"rules": RULES} | told)
    )
