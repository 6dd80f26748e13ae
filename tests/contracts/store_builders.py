"""Builders of what the stores keep."""

from datetime import UTC, datetime

from assist.domain.draft import Citation, Draft, Sentence
from assist.domain.escalation import Escalation
from assist.domain.issue import Abstention, Clocks, Issue, Priority
from assist.domain.knowledge import Document, Generation, Passage
from assist.domain.solution import Action, Candidate, Choice, Score
from assist.domain.suggestion import Suggestion
from assist.domain.verdict import Verdict

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def a_generation(number: int = 1, **changes: object) -> Generation:
    """Generation `g<number>`."""
    values = {
        "id": f"g{number}",
        "number": number,
        "fingerprint": f"fingerprint-{number}",
        "embedder": "toy",
        "chunking": "structure-1",
        "created_at": NOON,
        "documents": 1,
        "passages": 1,
    }
    return Generation.model_validate(values | changes)


def a_document(
    document_id: str = "hub", text: str = "Hold the button.", **more: object
) -> Document:
    """An article."""
    return Document.model_validate({"id": document_id, "title": "The hub", "text": text, **more})


def a_passage(document: Document, position: int = 0, **changes: object) -> Passage:
    """A passage that is the whole of a document."""
    values = {
        "id": f"{document.id}#{position}",
        "document_id": document.id,
        "kind": document.kind,
        "title": document.title,
        "text": document.text,
        "start": 0,
        "end": len(document.text),
        "position": position,
    }
    return Passage.model_validate(values | changes)


def an_answered_suggestion(suggestion_id: str, **changes: object) -> Suggestion:
    """A suggestion whose first candidate is chosen and cites two documents."""
    base = a_suggestion(suggestion_id)
    citations = tuple(
        Citation(passage_id=f"{name}#0", document_id=name, quote="Hold.") for name in ("hub", "led")
    )
    choice = Choice(candidate_id="c-1", reason="it is the best")
    answers = {
        "issues": (base.issue.model_copy(update={"category": "hubs", "choice": choice}),),
        "candidates": (base.candidates[0].model_copy(update={"citations": citations}),),
        "choice": choice,
        "abstention": None,
    }
    return a_suggestion(suggestion_id, **(answers | changes))


def a_suggestion(suggestion_id: str = "s-1", **changes: object) -> Suggestion:
    """A suggestion that abstains, with one candidate."""
    clocks = Clocks(
        first_response_due=NOON,
        resolution_due=NOON,
        first_response_hours="4.5",
        resolution_hours="24",
    )
    priority = Priority(
        level="P3", impact="low", urgency="medium", reasons=("one user",), clocks=clocks
    )
    abstention = Abstention(code="missing_facts", reason="no order", would_help="the order number")
    issue = Issue(
        id="i-1", statement="The hub is offline.", text="hub’s dead 🙁", priority=priority
    )
    candidate = Candidate(
        id="c-1",
        issue_id="i-1",
        title="Refund",
        actions=(
            Action(
                kind="refund",
                parameters={"amount": {"amount": "129.00", "currency": "USD"}},
                verdict=Verdict(value="unknown", facts=("order.id",)),
            ),
        ),
        scores=(Score(name="feasibility", side="company", value=0.1, reason="no order"),),
    )
    values = {
        "id": suggestion_id,
        "ticket_id": "t-1",
        "revision": 2,
        "generation": "g1",
        "policy_version": "p1",
        "created_at": NOON,
        "mode": "extractive",
        "issues": (issue,),
        "issue": issue,
        "priority": priority,
        "choice": None,
        "abstention": abstention,
        "candidates": (candidate,),
        "draft": Draft(text="Thanks.", sentences=(Sentence(text="Thanks.", kind="courtesy"),)),
        "escalation": Escalation(needed=False),
    }
    return Suggestion(**(values | changes))
