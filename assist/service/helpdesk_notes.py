"""What is written into a helpdesk: the suggestion's draft or a note, and replies decided on."""

from typing import TYPE_CHECKING

from assist.domain.case_event import CaseEvent, CaseRow
from assist.domain.casework import sent_text
from assist.domain.errands import Errand, whose_ticket
from assist.domain.suggestion import Suggestion
from assist.ports import Helpdesk

if TYPE_CHECKING:
    from assist.service.desk import Desk


def write_back(desk: "Desk", helpdesk: Helpdesk, errand: Errand) -> None:
    """Write the suggestion of an errand's case as the settings say; again, it is there already."""
    write = desk.helpdesks[helpdesk.name].write
    row = desk.parts.cases.get(errand.case_id)
    if write == "nothing" or row.status != "deciding":
        return
    suggestion = desk.parts.suggestions.get(row.suggestion_id)
    if write == "draft":
        helpdesk.draft(errand.ticket_id, suggestion.draft.text)
    else:
        helpdesk.note(errand.ticket_id, note_of(suggestion))


def note_of(suggestion: Suggestion) -> str:
    """What colleagues should know of a suggestion, in a few lines."""
    priority = suggestion.priority
    lines = [*(f"Issue: {one.statement}" for one in suggestion.issues)]
    lines.append(f"Priority: {priority.level}")
    if suggestion.abstention is not None:
        lines.append(f"No answer is given: {suggestion.abstention.reason}")
    if suggestion.escalation.needed:
        lines.append(f"Escalate: {suggestion.escalation.internal_notice}")
    lines += ["", "Suggested reply (check before sending):", "", suggestion.draft.text]
    return "\n".join(lines)


def send_back(desk: "Desk", row: CaseRow, event: CaseEvent) -> None:
    """Keep that a text which an agent decided on is to be sent by the ticket's helpdesk.

    Only where the settings leave it to us; the same event again is kept once.
    """
    whose = whose_ticket(row.ticket_id)
    if whose is None or whose[0] not in desk.helpdesks or not sent_text(event):
        return
    name, ticket_id = whose
    if desk.helpdesks[name].replies == "sent":
        now = desk.parts.clock.now()
        key = f"{row.id}/{event.number}"
        errand = Errand.made("reply", name, ticket_id, key, now, case_id=row.id)
        desk.parts.errands.add(errand, now)
