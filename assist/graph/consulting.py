"""What is asked inside the company: the fourth way beside approving, escalating and asking back.

Proposed only where the answer would change the decision: a fact that is not the customer's to know,
clauses that disagree, and evidence that is missing or conflicting.
"""

from collections.abc import Sequence
from datetime import datetime

from assist.domain.case import Case
from assist.domain.consultation import Consultation
from assist.domain.issue import Issue
from assist.domain.policy import PolicySet
from assist.domain.solution import Candidate
from assist.graph.consultation_questions import (
    Asking,
    FiledUnder,
    about_conflicts,
    about_evidence,
    about_facts,
)
from assist.graph.languages import is_unread
from assist.graph.requests import signals_of, wish
from assist.graph.solved import is_solved
from assist.graph.time import calendar_of, due_in_days
from assist.policies.sla import add_business_hours

MAX_CONSULTATIONS = 2
"""Per issue: a colleague answers one question or two between two tickets of their own."""


def consultations_for(
    case: Case,
    issue: Issue,
    candidates: Sequence[Candidate],
    policy_set: PolicySet,
    due: datetime,
    *,
    filed_under: FiledUnder,
) -> tuple[Consultation, ...]:
    """At most two questions to colleagues about a decided issue, those that decide most first.

    `candidates` are the issue's own, judged; `filed_under` tells a document's category. What nobody
    here has read, and what is solved, is asked of nobody.
    """
    if is_unread(case) or is_solved(issue, case):
        return ()
    asking = Asking(case, issue, policy_set, due)
    matter = [c for c in candidates if _would_matter(c, issue, policy_set)]
    found = [
        *about_facts(asking, matter),
        *about_conflicts(asking, matter),
        *about_evidence(asking, filed_under),
    ]
    return tuple({c.id: c for c in found}.values())[:MAX_CONSULTATIONS]


def consultation_due(case: Case, issue: Issue, policy_set: PolicySet) -> datetime:
    """By when a colleague answers: half of the time until the customer hears from us again.

    The other half is left to write to them. Business hours of the customer's region, in UTC.
    """
    if issue.priority is None:
        return due_in_days(case, policy_set, 1)
    hours = issue.priority.clocks.first_response_hours / 2
    return add_business_hours(calendar_of(case, policy_set), case.now, hours)


def _would_matter(candidate: Candidate, issue: Issue, policy_set: PolicySet) -> bool:
    """What the customer asks for always does; what they speak of, as long as nothing is chosen."""
    spoken = wish(signals_of(candidate, policy_set), issue.text)
    return spoken == "requested" or (spoken != "none" and issue.choice is None)
