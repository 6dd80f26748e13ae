"""The decision to hand a case over -> what the receiving side gets: path, evidence, deadline.

What the suggestion found stands. Where it saw no need, the agent did: then the case goes to whoever
owns its category, by the next business day, with the same notice.
"""

from assist.domain.case import Case
from assist.domain.case_event import CaseEvent
from assist.domain.casework import Casework
from assist.domain.decision import Decision
from assist.domain.escalated import Escalated
from assist.domain.escalation import Escalation, EscalationPath
from assist.domain.policy import PolicySet
from assist.domain.suggestion import Suggestion
from assist.drafting.tone import tone
from assist.graph.handing_over import situation_of
from assist.graph.languages import reply_language
from assist.graph.time import due_in_days
from assist.policies.escalation_notice import TAKE_OVER, Handover, internal_notice

NOBODY = "a supervisor"
"""Who takes over where the company names nobody: a role that every desk has."""
WITHOUT_ROLE = "whoever is on shift"


def escalated_of(
    case: Case, event: CaseEvent, suggestion: Suggestion, rules: PolicySet
) -> Escalated:
    """What is handed over by this event; `suggestion` is the one that was decided on."""
    found = suggestion.escalation
    if not found.needed or found.path is None or found.deadline is None:
        found = _by_the_agent(case.model_copy(update={"now": event.at}), suggestion, rules)
    if found.path is None or found.deadline is None:
        raise AssertionError("an escalation that is needed has a path and a deadline")
    work = case.work or Casework(id="")
    decision = Decision.model_validate(event.body)
    return Escalated(
        id=f"{work.id}-{event.number}-escalation",
        case_id=work.id,
        event=event.number,
        ticket_id=suggestion.ticket_id,
        suggestion_id=suggestion.id,
        path=found.path,
        triggers=found.triggers,
        deadline=found.deadline,
        customer_notice=found.customer_notice,
        internal_notice=f"{found.internal_notice}\nHanded over by {event.by}: {_line(decision)}",
        tried=_tried(suggestion, work),
        requested=found.decision_requested or TAKE_OVER,
        reason=decision.reason,
        handed_by=event.by,
        handed_at=event.at,
    )


def _line(decision: Decision) -> str:
    return " ".join(decision.reason.split())


def _tried(suggestion: Suggestion, work: Casework) -> tuple[str, ...]:
    """What did not help, by the customer's words and by what was reported; each once."""
    told = [tried for issue in suggestion.issues for tried in issue.tried]
    return tuple(dict.fromkeys((*told, *work.tried, *work.failed)))


def _by_the_agent(case: Case, suggestion: Suggestion, rules: PolicySet) -> Escalation:
    """Who takes over what no rule of the company calls for: the owner of its category."""
    path = _owner(suggestion, rules)
    deadline = due_in_days(case, rules, 1)
    handover = Handover(path=path, deadline=deadline, decision="", triggers=())
    return Escalation(
        needed=True,
        path=path,
        deadline=deadline,
        customer_notice=tone(language=reply_language(case))["handed_over"],
        internal_notice=internal_notice(handover, rules, situation_of(case, rules)),
        decision_requested=TAKE_OVER,
    )


def _owner(suggestion: Suggestion, rules: PolicySet) -> EscalationPath:
    """The category's owner, else the desk for what has no answer, else any supervisor."""
    owners = {category.id: category.owner for category in rules.categories}
    desk = next((rule for rule in rules.escalation.rules if rule.code == "no_evidence"), None)
    if owner := owners.get(suggestion.issue.category or "", ""):
        reason = f"{owner} owns {suggestion.issue.category}"
        return EscalationPath(team=owner, role=WITHOUT_ROLE, reason=reason)
    if desk is not None:
        return EscalationPath(team=desk.team, role=desk.role, reason="the desk for what is left")
    return EscalationPath(team=NOBODY, role=WITHOUT_ROLE, reason="the company names nobody")
