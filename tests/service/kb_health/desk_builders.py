"""A desk with articles, tickets that drew on them, and agents who decided about them."""

from datetime import date, timedelta
from pathlib import Path

from assist.domain.draft import Citation, Draft, Sentence
from assist.domain.feedback import FeedbackKind
from assist.domain.knowledge import Hit, Why
from assist.domain.solution import Choice
from assist.domain.suggestion import Suggestion
from assist.service.desk import Desk
from assist.service.giving_feedback import FeedbackRequest, give
from tests.builders import NOW
from tests.contracts.store_builders import a_document, a_passage, a_suggestion
from tests.service.follow_ups import SetClock, later
from tests.service.parts import a_kb, ingested, some_parts

SINCE = date(NOW.year, 1, 1)
HUB = """---
id: hub
title: The hub blinks red
owner: Product Support
review_due: 2026-01-31
---
# The hub blinks red

Hold the button of the hub for ten seconds.
"""
LAMP = """---
id: lamp
title: The lamp is dark
owner: Product Support
---
# The lamp is dark

Turn the lamp by its ring until it clicks.
"""
QUOTE = "Hold the button of the hub for ten seconds."


def a_desk(folder: Path, **texts: str) -> Desk:
    """A desk with the two articles, or these."""
    parts = some_parts(clock=SetClock(NOW))
    ingested(parts, a_kb(folder, **(texts or {"hub": HUB, "lamp": LAMP})))
    return Desk(parts=parts, records_for=lambda _files: None)


def suggested(desk: Desk, number: int, document: str = "hub", **changes: object) -> Suggestion:
    """Suggestion `s-NUMBER` for a ticket of its own, whose reply cites this article."""
    passage = a_passage(a_document(document, QUOTE))
    citation = Citation(passage_id=passage.id, document_id=document, quote=QUOTE)
    told = Sentence(text=QUOTE, kind="fact", support="supported", citations=(citation,))
    base = a_suggestion()
    given = {
        "ticket_id": f"t-{number}",
        "created_at": NOW - timedelta(days=2),
        "hits": (Hit.found(passage, 0.7, Why()),),
        "draft": Draft(text=QUOTE, sentences=(told,)),
        "candidates": (base.candidates[0].model_copy(update={"actions": ()}),),
        "choice": Choice(candidate_id="c-1", reason="it fits"),
        "abstention": None,
        "issue": base.issue.model_copy(update={"category": "hubs"}),
    }
    made = a_suggestion(f"s-{number}", **(given | changes))
    desk.parts.suggestions.save(made)
    return made


def said(desk: Desk, made: Suggestion, kind: FeedbackKind, by: str = "Ann", **told: str) -> None:
    """What somebody did with a suggestion, or said of it."""
    needs = {"rejected": {"reason": "no"}, "edited": {"text": "Something else altogether."}}
    given = {"key": f"{by}-{kind}".replace(" ", "."), "by": by, "kind": kind, **needs.get(kind, {})}
    give(desk.parts, made.id, FeedbackRequest.model_validate(given | told))
    later(desk, timedelta(seconds=1))
