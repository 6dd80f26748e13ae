"""Builders for what a rubric is held against: a rubric of a few questions, a conversation."""

from datetime import timedelta
from typing import Any

from assist.domain.casework import Sent
from assist.domain.decision import Decision
from assist.domain.draft_check import CheckedDraft, SentenceFound
from evals.rubrics.rubric import Rubric
from evals.simulating.conversation import Conversation, with_check
from tests.builders import NOW, a_ticket
from tests.evals.builders import a_suggestion


def a_question(item: str = "grounded", **fields: Any) -> dict[str, Any]:
    """A question that counts for the whole of its section."""
    return {"id": item, "ask": f"Is it {item}?", "weight": 100, "check": "grounding"} | fields


def a_rubric(*questions: dict[str, Any], **fields: Any) -> Rubric:
    """A rubric of one section with these questions."""
    section = {"title": "All", "weight": 100, "questions": questions or (a_question(),)}
    given = {"id": "r", "title": "R", "version": "1", "sections": (section,)}
    return Rubric.model_validate(given | fields)


def a_conversation(**fields: Any) -> Conversation:
    """A suggestion that nobody has decided on; its draft states one cited fact."""
    suggestion = fields.pop("suggestion", None) or a_suggestion()
    given = {
        "id": "case-1",
        "at": NOW,
        "suggestion": suggestion,
        "ticket": a_ticket("When do I change the filter?"),
        "judged_at": NOW + timedelta(days=3),
    }
    return with_check(Conversation.model_validate(given | fields), None)


def sent(text: str, kind: str = "edit", **fields: Any) -> Conversation:
    """A conversation in which this text was sent, and what a check found in it."""
    found = fields.pop("found", None)
    decision = {"kind": kind, "suggestion_id": "s-1", "text": text} | fields.pop("decision", {})
    one = a_conversation(
        sent=Sent(event=2, at=NOW, by="Mo", text=text, kind=kind),
        first_sent_at=NOW,
        decisions=(Decision.model_validate(decision),),
        **fields,
    )
    return with_check(one, found)


def found(*sentences: SentenceFound, **fields: Any) -> CheckedDraft:
    """What a check found."""
    return CheckedDraft(id="case-1", support=0.5, sentences=sentences, **fields)


def a_sentence(text: str, **fields: Any) -> SentenceFound:
    """A factual sentence that nothing supports."""
    given: dict[str, Any] = {"kind": "fact", "support": "unsupported", "probability": 0.1}
    return SentenceFound.model_validate({"text": text} | given | fields)
