"""What is done about a case after the suggestion: told by its events, one after the other."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from assist.domain.base import Model
from assist.domain.case_event import CaseEvent, CaseStatus, EventKind
from assist.domain.decision import SENDS, CaseOutcome, Decision
from assist.domain.ledger import Entry
from assist.domain.look import Looked
from assist.domain.suggestion import WantedMode


class Sent(Model):
    """A text that went to the customer, by the event that says so."""

    event: int
    at: datetime
    by: str
    text: str
    kind: str = ""
    """That of the decision that sent it; empty where none did, as for news of progress."""


class Casework(Model):
    """A durable case: where it stands, and what was done. `applied` events are in it.

    `tried` is what did not help before, `ticked` what is done of the plan, `ledger` what was
    promised, as it was promised.
    """

    id: str
    status: CaseStatus = "suggesting"
    applied: int = 0
    mode: WantedMode | None = None
    """How its suggestions are made; none: as the setting says."""
    generation: str = ""
    policy_version: str = ""
    """What the suggestion was judged by that the agent has before them."""
    decisions: tuple[Decision, ...] = ()
    sent: tuple[Sent, ...] = ()
    tried: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    """Titles of solutions that were chosen and did not help: they are not chosen again."""
    ticked: tuple[str, ...] = ()
    escalated: CaseEvent | None = None
    """The decision to hand it over, where there was one."""
    ledger: tuple[Entry, ...] = ()
    outcome: CaseOutcome | None = None
    looks: tuple[Looked, ...] = ()
    """Whether solutions held, as was found later."""
    set_aside: tuple[int, ...] = ()
    """Events that could not be worked off and never will be."""


def happened(work: Casework, event: CaseEvent) -> Casework:
    """The casework after one more event; one that is in it already changes nothing."""
    if event.number <= work.applied:
        return work
    found = _CHANGES[event.kind](work, event)
    return work.model_copy(update={**found, "applied": event.number})


def sent_text(event: CaseEvent) -> str:
    """The text that went to the customer with an event; empty where none did."""
    if event.kind in ("progress", "closing"):
        return str(event.body["text"])
    if event.kind == "decision" and _decision(event).kind in SENDS:
        return _decision(event).text
    return ""


def _suggests(_work: Casework, event: CaseEvent) -> dict[str, Any]:
    return {"status": "suggesting", "outcome": None, "mode": event.body.get("mode")}


def _decided(work: Casework, event: CaseEvent) -> dict[str, Any]:
    decision = _decision(event)
    found: dict[str, Any] = {
        "decisions": (*work.decisions, decision),
        "ticked": tuple(dict.fromkeys((*work.ticked, *decision.ticked))),
    }
    if decision.kind in SENDS:
        found |= {"status": "waiting", "sent": (*work.sent, _sent(event))}
    if decision.kind == "add_facts":
        found |= {"status": "suggesting"}
    if decision.kind == "escalate":
        found |= {"escalated": event}
    return found


def _told(work: Casework, event: CaseEvent) -> dict[str, Any]:
    return {"sent": (*work.sent, _sent(event))}


def _nothing(_work: Casework, _event: CaseEvent) -> dict[str, Any]:
    return {}


def _came_out(work: Casework, event: CaseEvent) -> dict[str, Any]:
    outcome = CaseOutcome.model_validate(event.body)
    if outcome.kind == "not_solved":
        return {"status": "suggesting", "tried": (*work.tried, *filter(None, [outcome.tried]))}
    ended: CaseStatus = "solved" if outcome.kind == "solved" else "unanswered"
    return {"status": ended, "outcome": outcome}


def _cancelled(_work: Casework, _event: CaseEvent) -> dict[str, Any]:
    return {"status": "cancelled"}


def _looked(work: Casework, event: CaseEvent) -> dict[str, Any]:
    return {"looks": (*work.looks, Looked.model_validate(event.body | {"at": event.at}))}


def _given_up(work: Casework, event: CaseEvent) -> dict[str, Any]:
    return {"set_aside": (*work.set_aside, *numbers_set_aside(event))}


def numbers_set_aside(event: CaseEvent) -> tuple[int, ...]:
    """The numbers of the events that this one says will not be worked off."""
    told = event.body.get("events") if event.kind == "set_aside" else None
    return tuple(one for one in told if isinstance(one, int)) if isinstance(told, list) else ()


def _decision(event: CaseEvent) -> Decision:
    return Decision.model_validate(event.body)


def _sent(event: CaseEvent) -> Sent:
    kind = _decision(event).kind if event.kind == "decision" else ""
    return Sent(event=event.number, at=event.at, by=event.by, text=sent_text(event), kind=kind)


_CHANGES: dict[EventKind, Callable[[Casework, CaseEvent], dict[str, Any]]] = {
    "opened": _suggests,
    "message": _suggests,
    "decision": _decided,
    "consultation": _nothing,
    "progress": _told,
    "outcome": _came_out,
    "cancelled": _cancelled,
    "closing": _told,
    "looked": _looked,
    "set_aside": _given_up,
}
