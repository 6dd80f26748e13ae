"""What the service has kept -> what agents did with each suggestion, and how that ended."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from assist.domain.case_event import CaseEvent, CaseStatus
from assist.domain.decision import CaseOutcome, Decision, OutcomeKind
from assist.domain.feedback import Feedback
from assist.errors import NotFound
from assist.service.giving_feedback import distance
from assist.service.parts import Parts

MOST = 20_000
"""Cases read at most, those that changed last."""
REWRITTEN = 0.5
"""Share of words not in both from which an edited draft was not taken: from there on less than half
of what was sent is ours."""
Ending = Literal["solved", "came_back", ""]
_ENDINGS: Mapping[OutcomeKind, Ending] = {"solved": "solved", "not_solved": "came_back"}


@dataclass(frozen=True)
class Told:
    """What an agent (`by`) did with a suggestion, and how it ended; empty: nobody knows yet.

    `judged` right or wrong by somebody else; none: by nobody.
    """

    suggestion_id: str
    at: datetime
    by: str
    taken: bool
    ended: Ending = ""
    judged: bool | None = None


def told_since(parts: Parts, since: datetime, feedback: Sequence[Feedback]) -> Mapping[str, Told]:
    """By suggestion. What was decided about a case counts before what feedback says."""
    by_suggestion: defaultdict[str, list[Feedback]] = defaultdict(list)
    for given in feedback:
        by_suggestion[given.suggestion_id].append(given)
    found = {name: one for name, some in by_suggestion.items() if (one := _said(some))}
    for row in parts.cases.listed(get_args(CaseStatus), MOST):
        if row.changed_at >= since:
            found |= {one.suggestion_id: one for one in _of_case(parts, row.id, since)}
    return {
        name: replace(one, judged=_judged(by_suggestion[name], one.by))
        for name, one in found.items()
    }


def _said(given: Sequence[Feedback]) -> Told | None:
    """By feedback on the draft alone: the last that tells whether it was taken."""
    telling = [(one, _taken(one)) for one in given if one.part == "draft"]
    decided = [(one, taken) for one, taken in telling if taken is not None]
    if not decided:
        return None
    last, taken = decided[-1]
    return Told(last.suggestion_id, last.at, last.by, taken)


def _taken(feedback: Feedback) -> bool | None:
    if feedback.kind == "edited":
        return (feedback.distance or 0.0) < REWRITTEN
    return {"copied": True, "inserted": True, "rejected": False}.get(feedback.kind)


def _judged(given: Sequence[Feedback], by: str) -> bool | None:
    """By somebody else than who decided: nobody is the judge of their own override."""
    said = [one.kind for one in given if one.by != by and one.kind in ("correct", "incorrect")]
    return said[-1] == "correct" if said else None


def _of_case(parts: Parts, case_id: str, since: datetime) -> Iterator[Told]:
    found: dict[str, Told] = {}
    open_ones: list[str] = []
    """Decided since the last outcome: it is theirs."""
    last: list[str] = []
    for event in parts.cases.events(case_id):
        if event.kind == "decision" and (one := _decided(parts, event)):
            found[one.suggestion_id] = one
            open_ones.append(one.suggestion_id)
        elif ended := _ended(event):
            last = open_ones or last
            open_ones = []
            for name in last:
                found[name] = replace(found[name], ended=ended)
    return (one for one in found.values() if one.at >= since)


def _decided(parts: Parts, event: CaseEvent) -> Told | None:
    decision = Decision.model_validate(event.body)
    if decision.kind not in ("accept", "edit", "choose", "reject"):
        return None
    taken = decision.kind == "accept"
    if decision.kind == "edit":
        try:
            suggestion = parts.suggestions.get(decision.suggestion_id)
        except NotFound:  # past its retention: nobody can say how far the edit went
            return None
        taken = distance(suggestion, decision.text) < REWRITTEN
    return Told(decision.suggestion_id, event.at, event.by, taken)


def _ended(event: CaseEvent) -> Ending:
    if event.kind == "outcome":
        outcome = CaseOutcome.model_validate(event.body).kind
        return _ENDINGS.get(outcome, "")
    came_back = event.kind == "looked" and event.body.get("result") == "came_back"
    return "came_back" if came_back else ""
