"""Decisions -> escalation: needed or not, why, to whom, by when, and what each side is told."""

from assist.domain.case import Case
from assist.domain.escalation import Escalation, EscalationPath, Trigger
from assist.domain.language import TicketLanguage
from assist.domain.policy import PolicySet, Verdict
from assist.domain.records import EarlierTicket
from assist.drafting.tone import tone
from assist.graph.languages import in_company_words, is_unread, reply_language
from assist.graph.requests import requested
from assist.graph.scope import region_of, tier_of, values_of
from assist.graph.state import Update
from assist.graph.time import due_in_days
from assist.graph.tools import Tools
from assist.policies.escalation import Situation, assess
from assist.understanding.turns import current_turn


async def escalate(case: Case, tools: Tools) -> Update:
    """Judged by the company's rules over everything found out so far; no model decides this.

    What nobody has read goes to somebody who can read it, whatever the rules.
    """
    main = case.main_issue
    escalation = assess(
        _rules(case, tools),
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
    if case.language is not None and is_unread(case):
        escalation = _to_a_reader(escalation, case.language, case, tools)
    elif escalation.needed and not in_company_words(case, tools):
        told = tone(language=reply_language(case))["handed_over"]
        escalation = escalation.model_copy(update={"customer_notice": told})
    codes = ", ".join(trigger.code for trigger in escalation.triggers)
    return {"escalation": escalation, "said": f"needed: {codes}" if codes else "not needed"}


def _rules(case: Case, tools: Tools) -> PolicySet:
    """The company's rules; without an answer a ticket goes to the team that reads its language."""
    rules = tools.policy_set.escalation
    route = rules.languages.get(case.language.code) if case.language else None
    if route is None or not is_unread(case):
        return tools.policy_set
    taken = {"team": route.team, "role": route.role}
    changed = tuple(
        rule.model_copy(update=taken) if rule.code == "no_evidence" else rule
        for rule in rules.rules
    )
    return tools.policy_set.model_copy(
        update={"escalation": rules.model_copy(update={"rules": changed})}
    )


def _to_a_reader(
    escalation: Escalation, language: TicketLanguage, case: Case, tools: Tools
) -> Escalation:
    """Needed in any case, also where the company has no rule for what has no answer."""
    words = tone(language=language.reply)
    abstention = case.main_issue.abstention
    reason = abstention.reason if abstention else ""
    route = tools.policy_set.escalation.languages.get(language.code)
    path = EscalationPath(team=route.team, role=route.role) if route else None
    notice = f"Needs somebody who reads {language.name}: nobody has read it yet."
    own_words = language.reply == language.code
    return Escalation(
        needed=True,
        triggers=escalation.triggers or (Trigger(code="no_evidence", evidence=reason),),
        path=escalation.path or path,
        deadline=escalation.deadline or due_in_days(case, tools.policy_set, 1),
        customer_notice=words["unread" if own_words else "unread_other"],
        internal_notice=f"{notice}\n{escalation.internal_notice or reason}",
    )


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
