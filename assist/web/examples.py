"""The examples in the OpenAPI document: the packaged sample ticket, and what it comes to.

Built from the domain's own types, so that an example that no longer fits cannot be made.
"""

import json
from datetime import UTC, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any

from assist.domain.base import Money
from assist.domain.case import Case
from assist.domain.draft import Citation, Draft, Promise, Sentence
from assist.domain.escalation import Escalation
from assist.domain.issue import Clocks, Issue, Point, Priority
from assist.domain.knowledge import Generation, Hit, Passage, Why, WhyNot
from assist.domain.policy import Requirement
from assist.domain.solution import Action, Candidate, Choice, Outcome, Score
from assist.domain.suggestion import FollowUp, PlanItem, Suggestion, Trace
from assist.domain.ticket import Ticket
from assist.domain.verdict import Verdict
from assist.errors import BadInput
from assist.web.api.events import StepDone, step_done
from assist.web.api.health import Alive, ProblemMeaning, Ready, meaning_of
from assist.web.api.search import Filters, PassageAnswer, SearchAnswer, SearchRequest
from assist.web.errors import problem_type

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
GENERATION = Generation(
    id="g-5f0c21d4",
    number=3,
    fingerprint="5f0c21d4e9b7",
    embedder="all-MiniLM-L6-v2",
    chunking="2",
    created_at=NOW,
    documents=4,
    passages=9,
)
TRACE = Trace(step="identify", ms=8.1, note="1 issue")
QUOTE = "You can send an unused item back within 30 days of delivery."
PASSAGE = Passage(
    id="return-an-order#8d4f2b9c01aa",
    document_id="return-an-order",
    kind="kb",
    title="Return an order",
    text=QUOTE,
    start=19,
    end=19 + len(QUOTE),
    position=0,
)
HIT = Hit.found(
    PASSAGE,
    0.71,
    Why(
        lexical=6.2,
        lexical_rank=1,
        dense=0.54,
        dense_rank=1,
        part=0.62,
        terms=("send", "item"),
        note=(
            "meaning 0.46 (rank 1, cosine of its nearest part 0.62)"
            " + words 0.25 (rank 1, BM25 6.2); "
            "words weigh 0.25: their best match holds 75% of the query's rare words"
        ),
    ),
)
CITATION = Citation(passage_id=PASSAGE.id, document_id=PASSAGE.document_id, quote=QUOTE)


def tickets() -> dict[str, Any]:
    """The sample ticket that `assist init` writes, and the short form."""
    text = files("assist").joinpath("template/tickets/sample.json").read_text(encoding="utf-8")
    return {"whole": json.loads(text), "short": {"id": "t-1", "text": "Where is my parcel?"}}


def searches() -> dict[str, Any]:
    """A plain question, and one that uses everything."""
    asked = SearchRequest(
        query="how long do refunds take",
        kind="kb",
        top_k=3,
        filters=Filters(region="US", audience="customer"),
        unit="document",
        why_not="withdraw-from-a-purchase",
    )
    plain = {"query": "how long do refunds take"}
    return {"plain": plain, "whole": asked.model_dump(mode="json", exclude_none=True)}


def a_search_answer() -> SearchAnswer:
    """One hit, and why another passage is none."""
    missed = WhyNot(
        passage_id="withdraw-from-a-purchase#2b61d0e7a934",
        reason=(
            "the filter region=US keeps it out: it says kind kb; audience customer; "
            "language en; regions UK, EU; document withdraw-from-a-purchase"
        ),
    )
    return SearchAnswer(generation=GENERATION.id, hits=(HIT,), why_not=missed)


def a_passage_answer() -> PassageAnswer:
    """The first passage of a document."""
    after = "return-an-order#c07a1e55d2f3"
    return PassageAnswer(generation=GENERATION.id, passage=PASSAGE, before=None, after=after)


def alive() -> Alive:
    """The process lives."""
    return Alive()


def ready() -> Ready:
    """A small knowledge base serves."""
    return Ready(generation=GENERATION)


def a_problem_meaning() -> ProblemMeaning:
    """What one type of problem means."""
    return meaning_of(problem_type(BadInput))


def a_step() -> StepDone:
    """The first step has finished."""
    return step_done(Case(ticket=_ticket(), now=NOW, issues=(_issue(),), trace=(TRACE,)))


def a_suggestion() -> Suggestion:
    """What the sample ticket comes to, shortened to one of each thing."""
    issue = _issue()
    if issue.priority is None:
        raise AssertionError("the example has a priority")
    return Suggestion(
        id="s-3c1f0f2a9b7d4e58",
        ticket_id=_ticket().id,
        revision=1,
        generation=GENERATION.id,
        policy_version="5f0c21d4e9b7",
        created_at=NOW,
        mode="extractive",
        issues=(issue,),
        issue=issue,
        priority=issue.priority,
        choice=issue.choice,
        abstention=None,
        requirements=(
            Requirement(
                clause_id="returns.window",
                type="standard",
                text="An unused item can be returned for a full refund within 30 days of delivery.",
                flexibility="A few days of grace where the courier was late.",
                purpose="People order without seeing the item; a fair way back makes that safe.",
            ),
        ),
        hits=(HIT,),
        candidates=(_candidate(issue.id),),
        draft=_draft(),
        promises=(
            Promise(text="We will check on this.", who="agent", what="check on it", due=LATER),
        ),
        escalation=Escalation(needed=False),
        plan=(PlanItem(action="send the reply", owner="agent", due=LATER),),
        follow_ups=(FollowUp(what="whether the item has arrived", channel="email", due=LATER),),
        trace=(TRACE,),
    )


def _ticket() -> Ticket:
    return Ticket.model_validate(tickets()["whole"])


def _issue() -> Issue:
    clocks = Clocks(
        first_response_due=LATER,
        resolution_due=LATER,
        first_response_hours=Decimal(8),
        resolution_hours=Decimal(24),
    )
    return Issue(
        id="i1",
        statement="The customer wants to send an item back.",
        text="Can I send it back, and how long does the refund take?",
        category="orders",
        points=(Point(text="Can I send it back", status="answered"),),
        priority=Priority(
            level="P3", impact="low", urgency="medium", reasons=("one customer",), clocks=clocks
        ),
        choice=Choice(candidate_id="i1-c1", reason="the policy in force allows it"),
    )


def _candidate(issue_id: str) -> Candidate:
    allowed = Verdict(value="allowed", clauses=("returns.window",), reason="the window is open")
    amount = Money(amount=Decimal("39.90"), currency="USD")
    return Candidate(
        id="i1-c1",
        issue_id=issue_id,
        title="Take the item back and refund it",
        steps=("send the return label",),
        actions=(Action(kind="refund", parameters={"amount": amount}, verdict=allowed),),
        verdict=allowed,
        scores=(Score(name="effectiveness", side="customer", value=0.9, reason="it is asked for"),),
        outcomes=(Outcome(text="The customer has the money back.", good=True),),
        citations=(CITATION,),
    )


def _draft() -> Draft:
    courtesy = Sentence(text="Hello Sam,", kind="courtesy")
    fact = Sentence(text=QUOTE, kind="fact", support="supported", citations=(CITATION,))
    return Draft(text=f"{courtesy.text}\n\n{fact.text}", sentences=(courtesy, fact))
