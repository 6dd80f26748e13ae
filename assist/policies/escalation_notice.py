"""The internal notice: what the receiving side must know before it opens the case."""

from collections.abc import Sequence
from datetime import datetime

from assist.domain.escalation import Trigger
from assist.domain.policy import EscalationRule
from assist.policies.situation import Situation

_WORDS = {
    "authority": "beyond the agent's authority",
    "mandatory_clause": "a mandatory clause",
    "safety": "safety",
    "legal": "a legal claim",
    "press": "the press or the public",
    "security": "security",
    "asks_for_person": "the customer asks for a person",
    "repeated_failure": "it has failed before",
    "sla": "the promised time has passed",
    "frustration": "the customer has lost patience",
    "complexity": "several issues at once",
    "no_evidence": "no answer in the knowledge base",
}


def internal_notice(
    rule: EscalationRule, triggers: Sequence[Trigger], situation: Situation, deadline: datetime
) -> str:
    """Plain lines: to whom and by when, why with the evidence, what was tried, what to decide."""
    lines = [f"To {rule.team}, {rule.role}. Due {deadline.isoformat(timespec='minutes')}."]
    if situation.statement:
        lines.append(f"Issue: {situation.statement}")
    if situation.priority:
        reasons = "; ".join(situation.priority.reasons)
        lines.append(f"Priority: {situation.priority.level} ({reasons})")
    lines.append("Why it is escalated:")
    lines += [f"- {_WORDS[trigger.code]}: {trigger.evidence}" for trigger in triggers]
    lines.append(f"Tried so far: {'; '.join(situation.tried) or 'nothing on record'}")
    if situation.abstention:
        lines.append(f"Why there is no answer: {situation.abstention.reason}")
    if situation.earlier:
        numbers = ", ".join(f"{ticket.id} ({ticket.subject})" for ticket in situation.earlier)
        lines.append(f"Earlier tickets: {numbers}")
    lines.append(f"Decision requested: {rule.decision_requested or 'take over the case'}")
    return "\n".join(lines)
