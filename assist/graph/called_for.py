"""Which candidates may be chosen at all: what is called for, by whom, and where."""

from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.domain.policy import PolicySet
from assist.domain.solution import Candidate
from assist.graph.requests import Wish, signals_of, wish
from assist.graph.scope import judged_for, region_of
from assist.language.statements import Statement
from assist.policies.verdicts import judge_all


def is_called_for(candidate: Candidate, issue: Issue, case: Case, policy_set: PolicySet) -> bool:
    """An answer always is. An act is on request, or when asked about where it can be undone.

    What cannot be undone also needs a customer whose identity is verified; and a ticket that tries
    to give the machine orders gets no act at all, only what the agent decides.
    """
    if informs(candidate):
        return True
    if any(signal.name == "injection" for signal in case.signals):
        return False
    wanted = wish_for(candidate, issue, policy_set)
    if undoable(candidate, policy_set):
        return wanted in ("requested", "asked_about")
    return wanted == "requested" and case.ticket.customer.identity_verified


def only_unverified(candidate: Candidate, issue: Issue, case: Case, policy_set: PolicySet) -> bool:
    """Whether it is not permitted for want of a checked identity alone: pending, not refused."""
    if case.ticket.customer.identity_verified:
        return False
    scope = judged_for(issue, case)
    scope["facts"] = {**scope["facts"], "customer.identity_verified": True}
    return judge_all(candidate.actions, policy_set, **scope).value != "forbidden"


def informs(candidate: Candidate) -> bool:
    """Whether it answers from an article."""
    return any(action.kind == "inform" for action in candidate.actions)


def undoable(candidate: Candidate, policy_set: PolicySet) -> bool:
    """Whether everything in it can be taken back."""
    kinds = {action.kind for action in candidate.actions}
    return all(a.reversible for a in policy_set.actions if a.kind in kinds)


def wish_for(candidate: Candidate, issue: Issue, policy_set: PolicySet) -> Wish:
    """How the customer speaks of what it does."""
    return wish(signals_of(candidate, policy_set), issue.text)


def bound_to_a_region(candidate: Candidate, case: Case) -> bool:
    """Whether it quotes a passage for some regions only, while the customer's is not known."""
    if region_of(case) is not None:
        return False
    cited = {citation.passage_id for citation in candidate.citations}
    return any(
        h.passage.regions for hits in case.hits.values() for h in hits if h.passage_id in cited
    )


def regions_of(policy_set: PolicySet) -> frozenset[str]:
    """The company's own codes for its regions."""
    return frozenset((*policy_set.currency, *(c.region for c in policy_set.sla.calendars)))


def for_region(statement: Statement, region: str | None, regions: frozenset[str]) -> bool:
    """Not a row or sentence that names other regions only ("Region: UK; Warranty: 24 months")."""
    named = regions & {word.strip(".,:;()|") for word in statement.text.split()}
    return region is None or region not in regions or not named or region in named
