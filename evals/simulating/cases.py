"""A case as its service shows it -> the conversation: what was decided last, and what was sent."""

from collections.abc import Callable
from datetime import datetime

from assist.domain.case_view import CaseView
from assist.domain.decision import SENDS
from assist.domain.draft_check import MAX_DRAFT, CheckedDraft, DraftToCheck
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from evals.simulating.conversation import Conversation, with_check

Made = Callable[[str], Suggestion]
"""The suggestion of this id. Raises `NotFound`."""
CheckReply = Callable[[DraftToCheck, datetime, str], CheckedDraft | None]
"""A text, the time it was sent at and the level of who sent it -> what stands of it, if known."""


def of_case(view: CaseView, made: Made, check: CheckReply, now: datetime) -> Conversation | None:
    """The conversation of a case; none where there is no suggestion yet.

    It is about the suggestion on which the last text was sent, else about the newest.
    """
    sends = [d for d in view.decisions if d.kind in SENDS]
    if view.suggestion is None:
        return None
    suggestion = view.suggestion
    if sends and sends[-1].suggestion_id != suggestion.id:
        suggestion = made(sends[-1].suggestion_id)
    sent = next((one for one in reversed(view.sent) if one.kind in SENDS), None)
    found = Conversation(
        id=view.case.id,
        at=sent.at if sent else suggestion.created_at,
        suggestion=suggestion,
        ticket=view.ticket,
        level=level_of(view),
        decisions=tuple(d for d in view.decisions if d.suggestion_id == suggestion.id),
        sent=sent,
        first_sent_at=view.sent[0].at if view.sent else None,
        handed_over=bool(view.escalated or view.escalations),
        escalations=view.escalations,
        approvals=view.approvals,
        ledger=view.ledger,
        outcome=view.outcome,
        judged_at=now,
    )
    return with_check(found, _checked(found, view.ticket, check))


def level_of(view: CaseView) -> str:
    """The level that the case's suggestions are judged for."""
    told = [event.body for event in view.history if event.kind in ("opened", "message")]
    return str(told[-1].get("level") or "agent") if told else "agent"


def _checked(one: Conversation, ticket: Ticket, check: CheckReply) -> CheckedDraft | None:
    """What stands of a text of the agent's own; the draft was checked when it was made."""
    if one.sent is None or one.as_drafted or not 0 < len(one.text.strip()) <= MAX_DRAFT:
        return None
    return check(DraftToCheck(id=one.id, text=one.text, ticket=ticket), one.at, one.level)
