"""A case and what happened to it -> the case after it."""

from collections.abc import Sequence

from assist.domain.case import Case
from assist.domain.case_event import CaseEvent
from assist.domain.casework import Casework, happened, sent_text
from assist.domain.ledger import Entry
from assist.domain.policy import PolicySet
from assist.domain.ticket import Ticket
from assist.graph.casework.promised import entries, look


def applied(case: Case, event: CaseEvent, rules: PolicySet) -> Case:
    """The case after one more event; one that is in it already changes nothing."""
    before = case.work
    if before is None or event.number <= before.applied:
        return case
    work = happened(before, event)
    failed = _failed(case, before, event)
    case = case.model_copy(update={"work": work, **_asked_anew(case, event)})
    update = {
        "failed": tuple(dict.fromkeys((*work.failed, *failed))),
        "ledger": (*work.ledger, *_promised(case, event, rules)),
    }
    return case.model_copy(update={"work": work.model_copy(update=update)})


def _asked_anew(case: Case, event: CaseEvent) -> dict[str, object]:
    """What the next suggestion is made from, where the event asks for one."""
    if event.kind in ("opened", "message"):
        ticket = Ticket.model_validate(event.body["ticket"])
        return {"ticket": ticket, "now": event.at, "level": event.body.get("level", case.level)}
    if event.kind == "outcome" and event.body.get("kind") == "not_solved":
        return {"now": event.at}
    if event.kind == "decision" and event.body.get("kind") == "add_facts":
        facts = {**case.ticket.facts, **_mapping(event.body.get("facts"))}
        return {"ticket": case.ticket.model_copy(update={"facts": facts}), "now": event.at}
    return {}


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, dict) else {}


def _failed(case: Case, before: Casework, event: CaseEvent) -> Sequence[str]:
    """The titles of what was chosen, where it did not help."""
    if event.kind != "outcome" or event.body.get("kind") != "not_solved":
        return ()
    taken = before.decisions[-1].candidate_id if before.decisions else None
    chosen = {taken} if taken else {i.choice.candidate_id for i in case.issues if i.choice}
    return [c.title for c in case.candidates if c.id in chosen]


def _promised(case: Case, event: CaseEvent, rules: PolicySet) -> Sequence[Entry]:
    """What the ledger has to keep of it."""
    if text := sent_text(event):
        return entries(text, case, rules, event=event.number, at=event.at)
    if event.kind == "outcome" and event.body.get("kind") == "solved":
        later = look(case, rules, event.at)  # a case that opened again is looked at again
        return (later.model_copy(update={"id": f"{later.case_id}-{event.number}-look"}),)
    return ()
