"""Issues -> priorities: impact x urgency with reasons and clocks; the most pressing issue leads."""

from assist.domain.case import Case
from assist.domain.issue import Issue, Priority
from assist.graph.languages import is_unread
from assist.graph.scope import earlier_contacts, region_of, tier_of
from assist.graph.state import Update
from assist.graph.tools import Tools
from assist.policies.priority import prioritize as priority_of
from assist.understanding.completeness import completeness


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
    return priority_of(
        tools.policy_set,
        text=issue.text,
        now=case.now,
        created_at=case.ticket.created_at,
        tier=tier_of(case),
        region=region_of(case),
        earlier=earlier_contacts(issue, case),
        frustrated=any(signal.name == "frustration" for signal in case.signals),
        unread=f"nobody has read it: it is in {case.language.name}"
        if case.language and is_unread(case)
        else "",
    )
