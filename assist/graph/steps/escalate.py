"""Decisions -> escalation: needed or not, why, to whom, by when, and what each side is told."""

from assist.domain.case import Case
from assist.domain.policy import Verdict
from assist.domain.records import EarlierTicket
from assist.graph.requests import requested
from assist.graph.scope import region_of, tier_of, values_of
from assist.graph.state import Update
from assist.graph.tools import Tools
from assist.policies.escalation import Situation, assess
from assist.understanding.turns import current_turn


async def escalate(case: Case, tools: Tools) -> Update:
    """Judged by the company's rules over everything found out so far; no model decides this."""
    main = case.main_issue
    escalation = assess(
        tools.policy_set,
        Situation(
            text=current_turn(case.ticket),
            now=case.now,
            statement=" ".join(issue.statement for issue in case.issues),
            signals=case.signals,
            verdicts=_verdicts(case, tools),
            abstention=main.abstention,
            earlier=_earlier(case),
            tried=main.tried,
            issues=len(case.issues),
            priority=main.priority,
            facts=values_of(main, case),
            region=region_of(case),
            product=case.ticket.product,
            tier=tier_of(case),
        ),
    )
    codes = ", ".join(trigger.code for trigger in escalation.triggers)
    return {"escalation": escalation, "said": f"needed: {codes}" if codes else "not needed"}


def _verdicts(case: Case, tools: Tools) -> tuple[Verdict, ...]:
    """What the customer asked for counts whether chosen or not; of the rest, what was chosen."""
    chosen = {issue.choice.candidate_id for issue in case.issues if issue.choice}
    return tuple(
        candidate.verdict
        for candidate in case.candidates
        if candidate.verdict
        and (candidate.id in chosen or requested(candidate, case, tools.policy_set))
    )


def _earlier(case: Case) -> tuple[EarlierTicket, ...]:
    """Earlier tickets of the customer about the same category as one of the issues."""
    categories = {issue.category for issue in case.issues if issue.category}
    tickets = case.record.tickets if case.record else ()
    return tuple(ticket for ticket in tickets if ticket.category in categories)
