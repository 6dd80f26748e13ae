"""Decisions -> escalation: needed or not, why, to whom, by when, and what each side is told."""

from functools import partial

from assist.domain.case import Case
from assist.domain.escalation import Escalation, EscalationPath, Trigger
from assist.domain.issue import Abstention, Issue
from assist.domain.language import TicketLanguage
from assist.domain.policy import PolicySet
from assist.domain.solution import Candidate
from assist.drafting.dates import in_words
from assist.drafting.tone import tone
from assist.graph.handing_over import situation_of
from assist.graph.languages import in_company_words, is_unread, reply_language
from assist.graph.requests import asked_for, requested
from assist.graph.state import Update
from assist.graph.time import due_in_days
from assist.graph.tools import Tools
from assist.policies.escalation import assess


async def escalate(case: Case, tools: Tools) -> Update:
    """Judged by the company's rules over everything found out so far; no model decides this.

    What nobody has read goes to somebody who can read it, whatever the rules.
    """
    words = tone(language=reply_language(case))
    escalation = assess(
        _rules(case, tools),
        situation_of(case, tools.policy_set, partial(_asked, case=case, tools=tools)),
        lambda moment, time_zone: in_words(moment, time_zone, words),
    )
    if case.language is not None and is_unread(case):
        escalation = _to_a_reader(escalation, case.language, case, tools)
    elif escalation.needed and not in_company_words(case, tools):
        escalation = escalation.model_copy(update={"customer_notice": words["handed_over"]})
    codes = ", ".join(trigger.code for trigger in escalation.triggers)
    said = f"needed: {codes}" if codes else "not needed"
    if not escalation.alone:
        return {"escalation": escalation, "said": said}
    return {
        "escalation": escalation,
        "issues": tuple(_undecided(issue, escalation) for issue in case.issues),
        "questions": (),
        "said": f"{said}; nothing else is said before somebody has read it",
    }


def _asked(candidate: Candidate, case: Case, tools: Tools) -> bool:
    """Who may decide is asked also where the customer says it in other words."""
    waits = candidate.verdict is not None and candidate.verdict.value == "needs_approval"
    return requested(candidate, case, tools.policy_set) or (
        waits and asked_for(candidate, case, tools)
    )


def _undecided(issue: Issue, escalation: Escalation) -> Issue:
    """The issue without a choice: nothing is done about it before a person has read the whole."""
    team = escalation.path.team if escalation.path else "a person"
    abstention = Abstention(
        code="out_of_authority",
        reason=f"nothing is decided before {team} has read this",
        would_help=f"A word from {team}.",
    )
    return issue.model_copy(update={"choice": None, "abstention": abstention})


def _rules(case: Case, tools: Tools) -> PolicySet:
    """The company's rules; without an answer a ticket goes to the team that reads its language."""
    rules = tools.policy_set.escalation
    route = rules.languages.get(case.language.code) if case.language else None
    if route is None or not is_unread(case):
        return tools.policy_set
    taken: dict[str, object] = {
        "team": route.team,
        "role": route.role,
        "on_call": None,
        "routes": {},
    }
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
    next_day = due_in_days(case, tools.policy_set, 1)
    return Escalation(
        needed=True,
        triggers=escalation.triggers or (Trigger(code="no_evidence", evidence=reason),),
        path=escalation.path or path,
        deadline=escalation.deadline or next_day,
        hears_by=escalation.hears_by or next_day,
        customer_notice=words["unread" if own_words else "unread_other"],
        internal_notice=f"{notice}\n{escalation.internal_notice or reason}",
    )
