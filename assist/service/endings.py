"""What happened to a case -> the entries of its ledger that are settled by it.

Promises to the customer are never settled here: whoever made them says how they ended.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from assist.domain.case_event import CaseEvent, EventKind
from assist.domain.ledger import Entry, EntryKind, EntryState
from assist.domain.look import Looked, LookResult
from assist.domain.ticket import Ticket

US = "assist"
"""Who has settled what nobody did."""
AFTER_LOOK: Mapping[LookResult, EntryState] = {
    "held": "kept",
    "came_back": "broken",
    "unknown": "dropped",
}


def ended_by(event: CaseEvent, ledger: Sequence[Entry]) -> tuple[Entry, ...]:
    """The open entries that this event settles, as they are then; told again, the same ones."""
    rule = _RULES.get(event.kind)
    return tuple(rule(event, [e for e in ledger if e.state == "open"])) if rule else ()


def _on_message(event: CaseEvent, ledger: Sequence[Entry]) -> Iterator[Entry]:
    """The customer wrote: what was asked is answered, and what was solved was opened again."""
    again = f"the case was opened again by event {event.number}"
    yield from _settled(event, ledger, "look", "dropped", again)
    if _is_of_customer(event):
        wrote = f"the customer wrote: event {event.number}"
        yield from _settled(event, ledger, "answer", "kept", wrote)


def _on_outcome(event: CaseEvent, ledger: Sequence[Entry]) -> Iterator[Entry]:
    state, note = _ANSWERS[str(event.body.get("kind"))]
    yield from _settled(event, ledger, "answer", state, note)


def _on_cancel(event: CaseEvent, ledger: Sequence[Entry]) -> Iterator[Entry]:
    for kind in ("answer", "look"):
        yield from _settled(event, ledger, kind, "dropped", "the case was cancelled")


def _on_look(event: CaseEvent, ledger: Sequence[Entry]) -> Iterator[Entry]:
    found = Looked.model_validate(event.body | {"at": event.at})
    told = [entry for entry in ledger if entry.id == found.entry_id]
    yield from _settled(event, told, "look", AFTER_LOOK[found.result], found.why)


_ANSWERS: Mapping[str, tuple[EntryState, str]] = {
    "solved": ("dropped", "it was solved without an answer"),
    "no_answer": ("dropped", "no answer came, and the case ended"),
    "not_solved": ("kept", "the customer said that it did not help"),
}
_RULES: dict[EventKind, Callable[[CaseEvent, Sequence[Entry]], Iterator[Entry]]] = {
    "message": _on_message,
    "outcome": _on_outcome,
    "cancelled": _on_cancel,
    "looked": _on_look,
}


def _settled(
    event: CaseEvent, ledger: Sequence[Entry], kind: EntryKind, state: EntryState, note: str
) -> Iterator[Entry]:
    ended: dict[str, Any] = {
        "state": state,
        "settled_at": event.at,
        "settled_by": event.by or US,
    }
    for entry in ledger:
        if entry.kind == kind:
            notes = "; ".join(filter(None, (entry.note, note)))
            yield entry.model_copy(update={**ended, "note": notes})


def _is_of_customer(event: CaseEvent) -> bool:
    messages = [m for m in Ticket.model_validate(event.body["ticket"]).messages if m.public]
    return bool(messages) and messages[-1].author == "customer"
