"""The internal notice: what the receiving side must know, so that the customer says it once.

Short labelled lines, for colleagues only. What customers wrote stands in quotes with white space
folded: no text of theirs can begin a line and look like one of ours.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from pydantic import JsonValue

from assist.domain.escalation import EscalationPath, Trigger
from assist.domain.issue import Fact
from assist.domain.policy import PolicySet
from assist.domain.solution import Candidate
from assist.domain.verdict import Verdict
from assist.policies.escalation_path import calendar_of, local_time
from assist.policies.situation import Situation

MAX_ON_RECORD = 12
"""Facts on record that are listed; what the customer told is always listed in full."""

NAMED = 4
"""Facts and clauses that are named for one option; all of them stand with its verdict."""

TAKE_OVER = "take over the case"
"""What is asked for where the company names no decision."""

_WORDS = {
    "authority": "beyond the agent's authority",
    "mandatory_clause": "a mandatory clause",
    "safety": "safety",
    "legal": "a legal claim",
    "press": "the press or the public",
    "security": "security or fraud",
    "asks_for_person": "the customer asks for a person",
    "repeated_failure": "it has failed before",
    "sla": "a promised time is at risk or has passed",
    "frustration": "the customer has lost patience",
    "complexity": "several issues at once",
    "no_evidence": "no answer in the knowledge base",
}
_SOURCES = {
    "customer": "the customer",
    "records": "our records",
    "agent": "the agent",
    "colleague": "a colleague",
}
_VERDICTS = {
    "allowed": "allowed",
    "forbidden": "not permitted",
    "needs_approval": "needs approval",
    "unknown": "undecided",
}


class Handover(NamedTuple):
    """What is handed over: to whom, by when, why, and what they are to decide."""

    path: EscalationPath
    deadline: datetime
    decision: str
    triggers: tuple[Trigger, ...]
    others: tuple[str, ...] = ()
    """Teams the case concerns as well, with their roles."""


def internal_notice(handover: Handover, policy_set: PolicySet, situation: Situation) -> str:
    """Plain lines: to whom and by when, why, what is known and missing, tried, considered."""
    labels = {d.path: d.label or d.path for d in policy_set.facts}
    path = handover.path
    due = local_time(calendar_of(policy_set, situation), handover.deadline)
    to = f"To {path.team}, {path.role}{f' ({path.reason})' if path.reason else ''}. Due {due}."
    lines = [
        to,
        *_listed("Concerns as well", handover.others),
        *_problem(situation),
        "Why it is escalated:",
        *(f"- {_WORDS[t.code]}: {_one_line(t.evidence)}" for t in handover.triggers),
        *_facts(labels, situation),
        f"Tried so far: {_joined(situation.tried) or 'nothing on record'}",
        *_options(situation.options, labels),
        *_listed("Promised so far", situation.promised),
        *_history(situation),
        f"Decision requested: {handover.decision or TAKE_OVER}",
    ]
    return "\n".join(lines)


def _problem(situation: Situation) -> Iterator[str]:
    if situation.statement:
        yield f"Issue: {_one_line(situation.statement)}"
    yield from _listed("The customer asks", [f"“{_one_line(p)}”" for p in situation.points])
    if priority := situation.priority:
        yield f"Priority: {priority.level} ({_joined(priority.reasons)})"


def _facts(labels: Mapping[str, str], situation: Situation) -> Iterator[str]:
    """What the customer told first, with their words; then what others know, up to a screenful."""
    told = [fact for fact in situation.known if fact.source == "customer"]
    others = [fact for fact in situation.known if fact.source != "customer"]
    if situation.known:
        yield "Known:"
    for fact in (*told, *others[:MAX_ON_RECORD]):
        yield f"- {labels.get(fact.path, fact.path)}: {_shown(fact.value)} ({_source(fact)})"
    if len(others) > MAX_ON_RECORD:
        yield f"- and {len(others) - MAX_ON_RECORD} more on record"
    yield from _listed("Not known", [labels.get(path, path) for path in situation.missing])


def _source(fact: Fact) -> str:
    quote = f": “{_one_line(fact.span)}”" if fact.span else ""
    return f"from {_SOURCES[fact.source]}{quote}"


def _options(options: Sequence[Candidate], labels: Mapping[str, str]) -> Iterator[str]:
    if options:
        yield "Considered:"
    for option in options:
        yield f"- {_one_line(option.title)}: {_judged(option.verdict, labels)}"


def _judged(verdict: Verdict | None, labels: Mapping[str, str]) -> str:
    """The verdict, whose approval it needs, why, and by which clauses."""
    if verdict is None:
        return "not judged"
    waits = f"waits for {_some([labels.get(f, f) for f in verdict.facts])}" if verdict.facts else ""
    because = [*verdict.arithmetic, waits or verdict.reason]
    told = _VERDICTS[verdict.value]
    if verdict.value == "needs_approval" and verdict.level:
        told += f" by {verdict.level}"
    if reasons := _joined([reason for reason in because if reason]):
        told += f" — {reasons}"
    return told + (f" [{_some(verdict.clauses)}]" if verdict.clauses else "")


def _history(situation: Situation) -> Iterator[str]:
    if situation.abstention:
        yield f"Why there is no answer: {_one_line(situation.abstention.reason)}"
    tickets = [f"{ticket.id} ({_one_line(ticket.subject)})" for ticket in situation.earlier]
    yield from _listed("Earlier tickets", tickets)


def _listed(label: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f"{label}: {_joined(items)}"


def _some(items: Sequence[str]) -> str:
    more = f" and {len(items) - NAMED} more" if len(items) > NAMED else ""
    return ", ".join(items[:NAMED]) + more


def _joined(items: Sequence[str]) -> str:
    return "; ".join(map(_one_line, items))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shown(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict) and set(value) == {"amount", "currency"}:
        return f"{value['amount']} {value['currency']}"
    return _one_line(str(value))
