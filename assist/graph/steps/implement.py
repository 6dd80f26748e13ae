"""The choice -> a checklist: who does what by when, and who else must be told."""

from datetime import datetime

from assist.domain.actions import ActionType
from assist.domain.case import Case
from assist.domain.solution import Candidate
from assist.domain.suggestion import PlanItem
from assist.graph.state import Update
from assist.graph.time import due_in_days
from assist.graph.tools import Tools


async def implement(case: Case, tools: Tools) -> Update:
    """The plan proposed to the agent, in the order it is to be done."""
    plan = [*_escalation(case)]
    kinds = {action.kind: action for action in tools.policy_set.actions}
    for issue in case.issues:
        chosen = [c for c in case.candidates if issue.choice and c.id == issue.choice.candidate_id]
        for candidate in chosen:
            plan += _actions(candidate, kinds, case, tools)
    plan += [
        PlanItem(action=f"Ask {c.owner}: {c.question}", owner="agent", due=c.due)
        for c in case.consultations
        if c.state == "proposed"
    ]
    plan.append(
        PlanItem(action="Check the reply and send it", owner="agent", due=_first_response(case))
    )
    plan += [
        PlanItem(action=f"When the customer answers “{q.text}”, decide {q.settles}", owner="agent")
        for q in case.questions
    ]
    return {"plan": tuple(plan), "said": f"{len(plan)} item(s)"}


def _escalation(case: Case) -> list[PlanItem]:
    escalation = case.escalation
    if escalation is None or not escalation.needed or escalation.path is None:
        return []
    to = f"{escalation.path.team} ({escalation.path.role})"
    return [
        PlanItem(
            action=f"Escalate to {to} with the internal notice",
            owner="agent",
            due=escalation.deadline,
        )
    ]


def _actions(
    candidate: Candidate, kinds: dict[str, ActionType], case: Case, tools: Tools
) -> list[PlanItem]:
    items: list[PlanItem] = []
    for declared in (kinds[a.kind] for a in candidate.actions if a.kind in kinds):
        days = declared.due_days
        due = due_in_days(case, tools.policy_set, days) if days is not None else None
        owner = declared.team or declared.owner
        items += [
            PlanItem(action=step, owner=owner, due=due)
            for step in declared.steps or (declared.title,)
        ]
        items += [
            PlanItem(action=f"Tell {who}", owner="agent") for who in declared.tell if who != owner
        ]
    return items


def _first_response(case: Case) -> datetime | None:
    """By when to send: before the first response is due and before anything promised is."""
    clocks = [issue.priority.clocks.first_response_due for issue in case.issues if issue.priority]
    return min((*clocks, *(p.due for p in case.promises if p.due)), default=None)
