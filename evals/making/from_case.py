"""A decided case -> an eval case: redacted, with the expectations that the decision settles.

What a person did tells what they held to be right. What cannot be known of it, such as the
priority or what must never be said, is left out, and so is the review: a second pass fills both.
"""

from collections.abc import Iterator
from typing import Any

from assist.domain.draft import Citation
from assist.domain.knowledge import Passage
from assist.language.statements import fold
from assist.service.archive import Archive
from assist.service.parts import Parts
from evals.making.decided import Decided, decided
from evals.making.facts import known_of
from evals.making.redacting import redacted
from evals.making.writing import as_yaml

GOLD = 3
"""The grade of a passage that the sent text quotes: it answers."""
NONE = "none"
"""Stands for no action at all among those that are acceptable."""
TELLS = frozenset({"inform"})
"""Kinds that only tell something: a reply, and no action."""
HEAD = (
    "Made of a decided case, redacted; nobody has reviewed it yet. Read the ticket for what the\n"
    "redaction cannot see, correct what the agent got wrong, add what a good reply must hold,\n"
    "and then add `review`."
)


def from_case(store: Archive | Parts, case_id: str) -> str:
    """The eval case as YAML. Raises `NotFound`, and `BadInput` where none can be made."""
    return as_yaml(_told(store, decided(store, case_id)), HEAD)


def _told(store: Archive | Parts, one: Decided) -> dict[str, Any]:
    known = known_of(one.tickets, one.suggestion)
    ticket = redacted(one.ticket, one.suggestion, known, store.redactor)
    return {
        "id": f"decided-{one.case_id.removeprefix('case-').lower()}",
        "note": f"Of {one.case_id}, decided by {one.decision.kind} on {one.at:%Y-%m-%d}.",
        "author": "decided-case",
        "provenance": "decided-case",
        "tags": list(_tags(one)),
        "at": one.suggestion.created_at.isoformat(),
        "level": one.level,
        "ticket": ticket,
        "expect": expectations(one),
    }


def expectations(one: Decided) -> dict[str, Any]:
    """What the decision says of a good suggestion. Empty where it says nothing of it."""
    told: dict[str, Any] = {}
    if one.decision.kind in ("accept", "edit", "choose"):
        told |= _gone_with(one)
    if one.decision.kind == "ask_customer":
        told |= _asked(one)
    told |= _escalation(one)
    cited = list(_cited(one))
    if documents := list(dict.fromkeys(c.document_id for c, _ in cited)):
        told["documents"] = documents
    if gold := {reference(passage): GOLD for _, passage in cited if passage}:
        told["gold"] = gold
    return told


def _gone_with(one: Decided) -> dict[str, Any]:
    """What it was about, and what was done: of what went out, not of what was left behind."""
    taken = one.taken
    told: dict[str, Any] = {}
    abstention = one.suggestion.abstention
    if taken is not None:
        told["outcome"] = "answer"
    elif one.decision.kind == "accept" and abstention is not None:
        told |= {"outcome": "abstain", "abstention": abstention.code}
    if one.suggestion.issue.category:
        told["category"] = one.suggestion.issue.category
    if taken is not None:
        told["acceptable"] = sorted(_actions(one))
    return told


def _actions(one: Decided) -> set[str]:
    """The kinds of action that were gone with, of all issues; only to tell something is none."""
    by_id = {c.id: c for c in one.suggestion.candidates}
    taken = {one.taken.issue_id: one.taken} if one.taken else {}
    for issue in one.suggestion.issues:
        if issue.choice and issue.choice.candidate_id in by_id:
            taken.setdefault(issue.id, by_id[issue.choice.candidate_id])
    kinds = {action.kind for candidate in taken.values() for action in candidate.actions}
    return kinds | {NONE} if kinds <= TELLS else kinds - TELLS


def _asked(one: Decided) -> dict[str, Any]:
    """The facts whose questions were sent as we word them; the agent's own words name no fact."""
    said = fold(one.sent.text).casefold() if one.sent else ""
    found = [q.fact for q in one.suggestion.questions if fold(q.text).casefold() in said]
    return {"asks": found} if found else {}


def _escalation(one: Decided) -> dict[str, Any]:
    """Handed over, by the triggers that were found and to whom; or solved by the agent alone."""
    if one.handed_over:
        codes = list(dict.fromkeys(t.code for t in one.suggestion.escalation.triggers))
        told: dict[str, Any] = {"needed": True, "codes": codes}
        if one.path is not None:
            told["path"] = {"team": one.path.team, "role": one.path.role}
        return {"escalation": {name: value for name, value in told.items() if value}}
    if one.outcome is not None and one.outcome.kind == "solved":
        return {"escalation": {"needed": False}}
    return {}


def _cited(one: Decided) -> Iterator[tuple[Citation, Passage | None]]:
    """The draft's quotes that still stand in the text that was sent, with their passages."""
    if one.sent is None:
        return
    said = fold(one.sent.text).casefold()
    passages = {hit.passage_id: hit.passage for hit in one.suggestion.hits}
    for sentence in one.suggestion.draft.sentences:
        if fold(sentence.text).casefold() in said:
            for citation in sentence.citations:
                yield citation, passages.get(citation.passage_id)


def reference(passage: Passage) -> str:
    """How a case names it: the document, and the heading it stands under, where it has one."""
    heading = passage.headings[-1] if passage.headings else ""
    return f"{passage.document_id}#{heading}" if heading else passage.document_id


def _tags(one: Decided) -> Iterator[str]:
    """By what a report may tell it apart."""
    yield "decided-case"
    yield f"decision-{one.decision.kind.replace('_', '-')}"
    told = {"channel": one.ticket.channel, "region": one.ticket.customer.region}
    for name, value in told.items():
        if value:
            yield f"{name}-{value.lower().replace(' ', '-')}"
