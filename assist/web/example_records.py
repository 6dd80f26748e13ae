"""Examples of records, replays and precedents in the OpenAPI document."""

from typing import Any

from assist.domain.decision import OutcomeKind
from assist.domain.knowledge import Document
from assist.domain.precedent import LABEL, PrecedentReport, Weighed, source_of
from assist.domain.record import Considered, Links, Record, RecordedIssue, RecordedOutcome
from assist.graph.casework.compared import Difference, VersionChange
from assist.service.replaying import Replay
from assist.web.api.precedents import MakeRequest
from assist.web.example_cases import PROMISED, ROW, SUGGESTION
from assist.web.examples import LATER, NOW

SOLVED: OutcomeKind = "solved"
OTHER = f"{ROW.id[:-1]}0"


def a_record() -> Record:
    """A case that was solved by the answer that was suggested."""
    issue = SUGGESTION.issue
    return Record(
        case_id=ROW.id,
        ticket_id=ROW.ticket_id,
        customer_id=ROW.customer_id,
        status="solved",
        opened_at=NOW,
        closed_at=LATER,
        issues=(
            RecordedIssue(
                id=issue.id,
                statement=issue.statement,
                words=issue.text,
                category=issue.category,
                considered=tuple(
                    Considered(id=one.id, title=one.title, verdict=one.verdict)
                    for one in SUGGESTION.candidates[:1]
                ),
            ),
        ),
        promises=(PROMISED,),
        outcomes=(RecordedOutcome(kind=SOLVED, at=LATER, by="Mo Ito", rating=5),),
        links=Links(
            suggestion_ids=(SUGGESTION.id,),
            generations=(SUGGESTION.generation,),
            policy_versions=(SUGGESTION.policy_version,),
        ),
    )


def a_replay() -> Replay:
    """A candidate is judged otherwise, by rules that have changed."""
    policy = "policy version"
    return Replay(
        case_id=ROW.id,
        suggestion_id=SUGGESTION.id,
        ticket_id=ROW.ticket_id,
        revision=ROW.revision,
        judged_at=NOW,
        level="agent",
        same=False,
        differences=(
            Difference(
                what="verdicts",
                then=("i1, Give a credit: allowed",),
                now=("i1, Give a credit: needs_approval lead",),
                because=policy,
            ),
        ),
        versions=(VersionChange(name=policy, then="5f0c21d4e9b7", now="8a41d2c07be3"),),
    )


def precedent_requests() -> dict[str, Any]:
    """As strict as usual, and stricter."""
    return {"usual": {}, "stricter": MakeRequest(rating=5).model_dump(mode="json")}


def some_precedents() -> PrecedentReport:
    """One is made, one is left out."""
    document = Document(
        id=f"precedent-{ROW.id}",
        kind="precedent",
        title="The parcel has not arrived.",
        text="## Problem\n\nMy parcel is late. <NAME_1>\n\n## What solved it\n\nWe traced it.",
        audience="internal",
        source=source_of(ROW.id),
        metadata={"label": LABEL, "case_id": ROW.id, "category": "deliveries"},
        content_hash="5f0c21d4e9b7",
    )
    made = Weighed(case_id=ROW.id, why="the customer rated it 5 of 5", document=document)
    came_back = Weighed(case_id=OTHER, why="the customer came back")
    return PrecedentReport(precedents=(made,), left_out=(came_back,))
