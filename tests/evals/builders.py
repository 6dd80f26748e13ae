"""Builders for what scorers compare: a case with expectations, a suggestion in order."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from assist.domain.draft import Citation, Draft, Promise, Sentence
from assist.domain.escalation import Escalation, Trigger
from assist.domain.issue import Abstention, Clocks, Issue, Priority
from assist.domain.knowledge import Hit, Passage, Why
from assist.domain.solution import Action, Candidate, Choice
from assist.domain.suggestion import Suggestion
from assist.domain.verdict import Verdict
from assist.errors import NotFound
from evals.cases import EvalCase, Expect
from evals.scorers.grounds import Grounds
from tests.builders import NOW, a_passage, a_ticket

FILTER = a_passage(
    "The water filter lasts 90 days.\nRinse it under cold water.", document_id="filter"
)
STAFF = a_passage("Refund at once.", document_id="staff", audience="internal")
CLOCKS = Clocks(
    first_response_due=NOW + timedelta(hours=4),
    resolution_due=NOW + timedelta(days=2),
    first_response_hours=Decimal(4),
    resolution_hours=Decimal(16),
)


def a_case(**expect: Any) -> EvalCase:
    """A case that states these expectations."""
    return EvalCase(id="case", ticket=a_ticket(), at=NOW, expect=Expect.model_validate(expect))


def a_priority(level: str = "P3") -> Priority:
    """A priority of this level."""
    given = {"level": level, "impact": "low", "urgency": "medium", "reasons": ("one customer",)}
    return Priority.model_validate(given | {"clocks": CLOCKS})


def an_issue(**fields: Any) -> Issue:
    """An answered issue of category `filters`."""
    given: dict[str, Any] = {
        "id": "i1",
        "statement": "The filter must be changed.",
        "text": "red drop",
        "category": "filters",
        "priority": a_priority(),
        "choice": Choice(candidate_id="i1.c1", reason="it answers the question"),
    }
    return Issue(**(given | fields))


def an_abstention(code: str = "no_evidence") -> Abstention:
    """An abstention for this reason."""
    given = {"code": code, "reason": "nothing is written about it", "would_help": "an article"}
    return Abstention.model_validate(given)


def a_citation(quote: str = "The water filter lasts 90 days.", **fields: Any) -> Citation:
    """A citation of the filter's passage."""
    given = {"passage_id": FILTER.id, "document_id": FILTER.document_id, "quote": quote}
    return Citation(**(given | fields))


def a_fact(text: str = "The water filter lasts 90 days.", **fields: Any) -> Sentence:
    """A factual sentence with its citation."""
    given: dict[str, Any] = {"kind": "fact", "support": "supported", "citations": (a_citation(),)}
    return Sentence(text=text, **(given | fields))


def a_promise(text: str = "We will call you on Monday.") -> Promise:
    """A promise of ours."""
    return Promise(text=text, who="agent", what="call", due=NOW)


def a_draft(*sentences: Sentence) -> Draft:
    """A draft whose text is these sentences."""
    return Draft(text="\n".join(s.text for s in sentences), sentences=sentences)


def a_candidate(kind: str = "inform", verdict: str = "allowed", **fields: Any) -> Candidate:
    """A candidate of one action that bears this verdict."""
    judged = Verdict.model_validate({"value": verdict, "clauses": ("returns.window",)})
    given: dict[str, Any] = {
        "id": "i1.c1",
        "issue_id": "i1",
        "title": "Tell them",
        "verdict": judged,
    }
    return Candidate(actions=(Action(kind=kind, verdict=judged),), **(given | fields))


def a_suggestion(**fields: Any) -> Suggestion:
    """An answer in order: one issue, one cited fact. `issue` stands for all derived from it."""
    issue = fields.get("issue", an_issue())
    given: dict[str, Any] = {
        "id": "s-1",
        "ticket_id": "t-1",
        "revision": 1,
        "generation": "g-1",
        "policy_version": "p-1",
        "created_at": NOW,
        "mode": "extractive",
        "issue": issue,
        "issues": (issue,),
        "priority": issue.priority or a_priority(),
        "choice": issue.choice,
        "abstention": issue.abstention,
        "candidates": (a_candidate(),),
        "draft": a_draft(a_fact()),
        "escalation": Escalation(needed=False),
    }
    return Suggestion(**(given | fields))


def an_abstained_suggestion(code: str = "no_evidence") -> Suggestion:
    """An abstention in order: the draft only asks."""
    issue = an_issue(choice=None, abstention=an_abstention(code))
    return a_suggestion(issue=issue, draft=a_draft(a_sentence("Which jug is it?", "question")))


def a_sentence(text: str, kind: str) -> Sentence:
    """A sentence without citation."""
    return Sentence.model_validate({"text": text, "kind": kind})


def an_escalation(*codes: str) -> Escalation:
    """An escalation for these triggers."""
    triggers = [Trigger.model_validate({"code": c, "evidence": "their words"}) for c in codes]
    return Escalation(needed=True, triggers=tuple(triggers))


def a_hit_on(passage: Passage) -> Hit:
    """This passage, found."""
    return Hit.found(passage, 0.5, Why())


def known_passages(passage_id: str) -> Passage:
    """The passages there are: what a customer reads about the filter, and a note for staff."""
    for passage in (FILTER, STAFF):
        if passage.id == passage_id:
            return passage
    raise NotFound(f"no passage {passage_id!r}")


GROUNDS = Grounds(passage=known_passages)
"""Passages alone, as most scorers need."""
