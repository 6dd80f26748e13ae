"""Use case: what an editor decides about a gap, checked against the state it is in."""

from datetime import datetime

from assist.domain.gap_work import MOVES, TOLD, GapDecision, GapEvent, TrackedGap
from assist.errors import AlreadyDone, BadInput, WrongState
from assist.ports import GapStore
from assist.service.gaps.writing import parse_draft


def decide(
    store: GapStore, gap_id: str, decision: GapDecision, by: str, at: datetime
) -> TrackedGap:
    """The gap afterwards; the same key again changes nothing.

    Raises `NotFound`, `BadInput`, `WrongState` where its state does not allow it, and
    `AlreadyDone` where the key is that of another decision.
    """
    _check(decision)
    event = GapEvent(
        key=decision.key,
        at=at,
        what=TOLD[decision.act],
        by=by,
        reason=decision.reason or decision.owner,
        digest=decision.digest,
    )
    _check_same(store, gap_id, event)

    def change(gap: TrackedGap) -> tuple[TrackedGap, GapEvent]:
        if decision.text:
            parse_draft(decision.text, gap.gap)
        return decided(gap, decision, at), event

    return store.change(gap_id, decision.key, change)


def decided(gap: TrackedGap, decision: GapDecision, at: datetime) -> TrackedGap:
    """What becomes of it. Raises `WrongState`."""
    moves = MOVES[decision.act]
    if gap.state not in moves:
        first = ", ".join(moves)
        raise WrongState(
            f"the gap is {gap.state}; {decision.act} needs one that is {first}",
            cure="look at it again: somebody else, or new tickets, may have changed it",
        )
    state = moves[gap.state]
    given: dict[str, object] = {"state": state}
    if state != gap.state:
        given["changed_at"] = at
    if decision.text and decision.text.strip() != gap.proposal.strip():
        given |= {"text": decision.text, "stale": False, "proof": None}
    if decision.act == "assign":
        given["owner"] = decision.owner
    if decision.act == "reject":
        given["rejected_tickets"] = gap.volume
    if decision.act == "reopen":
        given["published_at"] = None
    return gap.model_copy(update=given)


def _check(decision: GapDecision) -> None:
    """Raises `BadInput` for a decision that lacks what it needs."""
    if decision.act in ("reject", "reopen") and not decision.reason.strip():
        raise BadInput(
            f"no reason is given to {decision.act}",
            where="reason",
            cure="say why, for whoever looks at it next",
        )
    if decision.act == "edit" and not decision.text.strip():
        raise BadInput("there is no text", where="text", cure="send the article as Markdown")


def _check_same(store: GapStore, gap_id: str, event: GapEvent) -> None:
    for kept in store.history(gap_id):
        if kept.key == event.key and kept.digest != event.digest:
            raise AlreadyDone(
                f"the key {event.key!r} is that of another decision",
                cure="give each its own, and the same one only to send it again",
                where="key",
            )
