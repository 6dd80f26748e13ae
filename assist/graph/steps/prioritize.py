"""Issues -> priorities: impact x urgency with reasons and clocks; the most pressing issue leads."""

from assist.domain.case import Case
from assist.domain.issue import Issue, Priority
from assist.graph.languages import is_unread
from assist.graph.scope import earlier_contacts, region_of, tier_of, values_of
from assist.graph.solved import is_solved
from assist.graph.state import Update
from assist.graph.tools import Tools
from assist.policies.clocks import OPEN, Done
from assist.policies.priority import FRUSTRATION
from assist.policies.priority import prioritize as priority_of
from assist.policies.sla import zoned
from assist.understanding.completeness import completeness

CONTRACT = "customer.contract"
"""The fact that names the customer's contract in `sla.yaml`."""


async def prioritize(case: Case, tools: Tools) -> Update:
    """Issues ordered by priority; on a tie in the order the customer told them."""
    judged = [
        issue.model_copy(update={"priority": _priority(issue, case, tools)})
        for issue in case.issues
    ]
    ordered = sorted(judged, key=lambda i: i.priority.level if i.priority else "P4")
    lead = ordered[0].priority
    said = f"{lead.level}: {'; '.join(lead.reasons)}" if lead else ""
    return {
        "issues": tuple(ordered),
        "completeness": completeness(ordered[0], tools.policy_set.template),
        "said": said,
    }


def _priority(issue: Issue, case: Case, tools: Tools) -> Priority:
    contract = values_of(issue, case).get(CONTRACT)
    angry = (signal.span for signal in case.signals if signal.name == FRUSTRATION)
    return priority_of(
        tools.policy_set,
        text=issue.text,
        now=case.now,
        created_at=case.ticket.created_at,
        messages=case.ticket.messages,
        tier=tier_of(case),
        contract=contract if isinstance(contract, str) else None,
        region=region_of(case),
        earlier=earlier_contacts(issue, case),
        frustration=next(angry, ""),
        unread=f"nobody has read it: it is in {case.language.name}"
        if case.language and is_unread(case)
        else "",
        settled=_settled(issue, case),
    )


def _settled(issue: Issue, case: Case) -> Done:
    """Over where the customer says that it works now, at the time of that message."""
    if not is_solved(issue, case):
        return OPEN
    said = case.ticket.asked[-1].sent_at if case.ticket.asked else None
    return Done(True, zoned(said) if said else None)
